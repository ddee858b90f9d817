"""Mark what students hand in: execute it shut away, test the answers, write marks and feedback."""
