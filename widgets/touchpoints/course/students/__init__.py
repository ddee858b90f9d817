"""Data for every student: an own invented company with an own survey, from a keyed hash."""

from touchpoints.course.students.company import Company
from touchpoints.course.students.key import CourseKey
from touchpoints.course.students.reading import CourseData, course_data
from touchpoints.course.students.student_data import StudentData, student_data
from touchpoints.course.students.writing import write_student_data

__all__ = [
    "Company",
    "CourseData",
    "CourseKey",
    "StudentData",
    "course_data",
    "student_data",
    "write_student_data",
]
