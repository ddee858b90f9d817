// The contact cycle as a trust account, as touchpoints.core.trust_cycle and trust_simulation compute it in Python.
// Both are held to the vectors in tests/vectors/trust_cycle.json; the same seed gives the same customers.

const TRUST_POINT = 1000; // accounts are whole thousandths of a point
const DRAW_RANGE = 4294967296;

/** Scramble a 32-bit whole number (the finaliser of MurmurHash3), as core/hashed_draws.py does. */
function mixed(x) {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

const counter = (i) => Math.imul(i, 0x9e3779b9);

/** Whole numbers from 0 to 2^32 - 1 for each customer. */
function hashedUniform(seed, stream, size) {
  const key = mixed(mixed(seed) ^ counter(stream + 1));
  return Uint32Array.from({ length: size }, (_, i) => mixed(key ^ mixed(counter(i + 1))));
}

/** The draws of all contacts; kept, because only a new seed needs new ones. */
function drawsOf(seed, contacts, customers) {
  const like = `${seed} ${contacts} ${customers}`;
  if (drawsOf.like !== like) {
    drawsOf.kept = Array.from({ length: contacts }, (_, stream) => hashedUniform(seed, stream, customers));
    drawsOf.like = like;
  }
  return drawsOf.kept;
}

/** Simulate: for each contact who took part, quartiles in points and how many are in credit. */
function simulateTrust(parameters, phases, { customers, cycles, seed }) {
  const { good_pct: usual, carry_over_pct: carried, word_of_mouth_pct: heard } = parameters;
  const gains = parameters.deposit_points.map((points) => points * TRUST_POINT);
  const losses = parameters.deposit_points.map((points) => Math.floor(parameters.bad_weight * points * TRUST_POINT + 0.5));
  const draws = drawsOf(seed, cycles * phases.length, customers);
  const account = new Int32Array(customers).fill(parameters.start_points * TRUST_POINT);
  const lastPost = new Uint8Array(customers).fill(usual[0]); // percent
  const present = new Uint8Array(customers);
  let reputation = usual[0] * 100; // hundredths of a percent
  const contacts = [];
  for (let cycle = 0; cycle < cycles; cycle++) {
    let takingPart = 0;
    for (let i = 0; i < customers; i++) {
      if (cycle) account[i] = Math.floor((account[i] * (100 - parameters.forget_pct)) / 100);
      present[i] = account[i] >= parameters.leave_below_points * TRUST_POINT ? 1 : 0;
      takingPart += present[i];
    }
    let contactsGood = 0;
    phases.forEach((phase, k) => {
      const mishap = cycle + 1 === parameters.mishap_cycle && phase === parameters.mishap_phase;
      const fixed = k === 0 ? (100 - carried - heard) * usual[0] * 100 + heard * reputation : usual[k] * 10000;
      const luck = draws[cycle * phases.length + k];
      for (let i = 0; i < customers; i++) {
        if (!present[i]) continue;
        const chance = mishap ? 0 : k === 0 ? fixed + carried * lastPost[i] * 100 : fixed; // millionths
        const good = luck[i] * 1e6 < chance * DRAW_RANGE;
        account[i] += good ? gains[k] : -losses[k];
        if (good) contactsGood += 1;
        // Read again in the next cycle's pre-contact only.
        if (k === phases.length - 1) lastPost[i] = good ? 100 : 0;
      }
      contacts.push({ cycle: cycle + 1, phase, takingPart, ...quartiles(account) });
    });
    if (takingPart) reputation = Math.floor((contactsGood * 10000) / (takingPart * phases.length));
  }
  return contacts;
}

/** Accounts of customers that a quarter, half and three quarters don't exceed; how many are above 0. */
function quartiles(account) {
  const sorted = Int32Array.from(account).sort();
  const [q25, median, q75] = [1, 2, 3].map((k) => sorted[Math.ceil((sorted.length * k) / 4) - 1] / TRUST_POINT);
  let inCredit = 0;
  for (const points of account) if (points > 0) inCredit += 1;
  return { q25, median, q75, inCredit };
}

/** The account that is to be expected, without chance: one list a cycle, one number a phase. */
function expectedTrust(parameters, phases, cycles) {
  const usual = parameters.good_pct.map((percent) => percent / 100);
  const [carried, heard] = [parameters.carry_over_pct / 100, parameters.word_of_mouth_pct / 100];
  let [lastPost, reputation, account] = [usual[0], usual[0], parameters.start_points];
  return Array.from({ length: cycles }, (_, cycle) => {
    const good = [...usual];
    good[0] = (1 - carried - heard) * usual[0] + carried * lastPost + heard * reputation;
    if (cycle + 1 === parameters.mishap_cycle) good[phases.indexOf(parameters.mishap_phase)] = 0;
    if (cycle) account *= 1 - parameters.forget_pct / 100;
    lastPost = good.at(-1);
    reputation = good.reduce((sum, p) => sum + p, 0) / good.length;
    return good.map((p, k) => {
      account += (p - (1 - p) * parameters.bad_weight) * parameters.deposit_points[k];
      return account;
    });
  });
}

/** Check parameters from outside: those that fit the limits, or null. */
function checkTrustCycle(found, limits, phases) {
  if (found === null || typeof found !== "object") return null;
  const checked = {};
  for (const [name, [low, high]] of Object.entries(limits)) {
    const fits = (v) => typeof v === "number" && v >= low && v <= high && (name === "bad_weight" || Number.isInteger(v));
    const value = found[name];
    const good = Array.isArray(value) ? TRUST_BY_PHASE.includes(name) && value.length === phases.length && value.every(fits)
      : !TRUST_BY_PHASE.includes(name) && fits(value);
    if (!good) return null;
    checked[name] = value;
  }
  if (checked.carry_over_pct + checked.word_of_mouth_pct > 100 || !phases.includes(found.mishap_phase)) return null;
  return { ...checked, mishap_phase: found.mishap_phase };
}

const TRUST_BY_PHASE = ["good_pct", "deposit_points"];
