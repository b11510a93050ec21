// Sources pooled: an outlet with one article stays near the average. The model and its reasons are those of
// scorer/sources.py, line for line; a test holds the two against each other.

const LEAST_SCORE = 0.001, BELIEVED_VARIANCE = 1, BELIEF_WORTH = 2, DEVIATIONS = 1.6449;

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const probability = (odds) => 1 / (1 + Math.exp(-odds));

function logOdds(score) {
  const bounded = Math.min(Math.max(score, LEAST_SCORE), 1 - LEAST_SCORE);
  return Math.log(bounded / (1 - bounded));
}

// Lists of scores, one list a source -> {value, low, high} for each, null for an empty list.
function pooled(lists) {
  const ones = lists.filter((scores) => scores.length).map((scores) => {
    const odds = scores.map(logOdds), mean = sum(odds) / odds.length;
    return { scores, n: odds.length, mean, squares: sum(odds.map((one) => (one - mean) ** 2)) };
  });
  const within = (BELIEF_WORTH * BELIEVED_VARIANCE + sum(ones.map((one) => one.squares))) / (BELIEF_WORTH + sum(ones.map((one) => one.n - 1)));
  const weighed = (weights) => [sum(weights), sum(weights.map((weight, i) => weight * ones[i].mean)) / sum(weights)];
  const first = ones.map((one) => one.n / within);
  const [whole, rough] = weighed(first);
  const spread = sum(first.map((weight, i) => weight * (ones[i].mean - rough) ** 2));
  const spare = whole - sum(first.map((weight) => weight ** 2)) / whole;
  const between = ones.length > 1 ? Math.max(0, (spread - (ones.length - 1)) / spare) : 0;
  const [weight, mean] = weighed(ones.map((one) => 1 / (within / one.n + between)));
  const found = new Map(ones.map((one) => {
    const error = within / one.n, drawn = error / (error + between);
    const value = drawn * mean + (1 - drawn) * one.mean;
    const variance = (1 - drawn) * error + drawn ** 2 / weight + (2 / Math.max(1, ones.length - 3)) * (drawn * (one.mean - mean)) ** 2;
    const half = DEVIATIONS * Math.sqrt(variance);
    return [one.scores, { value: probability(value), low: probability(value - half), high: probability(value + half) }];
  }));
  return lists.map((scores) => found.get(scores) ?? null);
}
