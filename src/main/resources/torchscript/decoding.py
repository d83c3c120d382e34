# Beam search for every architecture that has
#   encode(source [batch, length]) -> state          tensors with a row for each sentence
#   step(state, tokens [rows], position) -> logits [rows, vocabulary], state
# Token ids: 0 padding, 1 unknown, 2 begin, 3 end. With one beam this is greedy decoding.
#
# A batch has `beam` rows for each sentence that is still searched; sentences that are finished leave it. A sentence is
# finished when `beam` of its hypotheses have ended. A hypothesis scores the sum of its log-probabilities divided by
# length ** length_penalty, its end token counted (Wu et al., 2016, in the form that Hugging Face's generate has).

def rows(self, state: List[Tensor], index: Tensor) -> List[Tensor]:
  chosen: List[Tensor] = []
  for part in state:
    chosen.append(torch.index_select(part, 0, index))
  return chosen

def forbid_repeats(self, logits: Tensor, history: Tensor, size: int, repeatable: Tensor) -> Tensor:
  # No n-gram of `size` tokens occurs twice: what would complete one is impossible, unless `repeatable` allows it.
  #   history [rows, length]
  length = torch.size(history, 1)
  if size < 1 or length < size:
    return logits
  grams = history.unfold(1, size, 1)
  same = torch.ones([torch.size(history, 0), torch.size(grams, 1)], dtype=torch.bool, device=history.device)
  for i in range(size - 1):
    last = torch.unsqueeze(torch.select(history, 1, length - size + 1 + i), 1)
    same = torch.logical_and(same, torch.eq(torch.select(grams, 2, i), last))
  completing = torch.select(grams, 2, size - 1)
  if torch.numel(repeatable) > 0:
    kinds = torch.take(repeatable, history)
    after_digits = torch.ge(torch.slice(kinds, 1, length - 1), 3)
    same = torch.logical_and(same, torch.lt(torch.slice(kinds, 1, size - 1) + after_digits, 2))
  # Padding is impossible anyway, so it stands for "no repeat".
  banned = torch.where(same, completing, torch.zeros_like(completing))
  return torch.scatter(logits, 1, banned, -inf)

def search(self, source: Tensor, beam: int, length_penalty: float, no_repeat_ngram: int, repeatable: Tensor, minimum: Tensor, maximum: Tensor) -> Tuple[Tensor, Tensor]:
  # The best hypothesis of each sentence: tokens [batch, longest], its end and padding 0, and scores [batch]
  #   repeatable [vocabulary]    which tokens may complete an n-gram again: 3 digits and 2 a space before them always,
  #                              1 what stands between digits after a 3, 0 none; without elements: no token may
  #   minimum, maximum [batch]   tokens of a hypothesis, its end not counted
  device = source.device
  batch = torch.size(source, 0)
  longest = int(torch.max(maximum)) + 1
  best_tokens = torch.zeros([batch, longest], dtype=torch.int64, device=device)
  best_scores = torch.full([batch], -inf, device=device)
  ended = torch.zeros([batch], dtype=torch.int64, device=device)
  sentences = torch.arange(batch, device=device)
  state = self.rows(self.encode(source), torch.repeat_interleave(sentences, beam))
  tokens = torch.full([batch * beam], 2, dtype=torch.int64, device=device)
  history = torch.zeros([batch * beam, 0], dtype=torch.int64, device=device)
  # All beams of a sentence start the same, so only the first may go on.
  scores = torch.full([batch, beam], -inf, device=device)
  scores[:, 0] = 0.
  position = 0
  while torch.size(sentences, 0) > 0:
    active = torch.size(sentences, 0)
    logits, state = self.step(state, tokens, position)
    vocabulary = torch.size(logits, 1)
    steps = torch.log_softmax(logits.float(), 1)
    steps[:, 0:3] = -inf
    steps = self.forbid_repeats(steps, history, no_repeat_ngram, repeatable)
    steps = torch.reshape(steps, [active, beam, vocabulary])
    too_short = torch.reshape(torch.gt(torch.index_select(minimum, 0, sentences), position), [active, 1])
    must_end = torch.reshape(torch.le(torch.index_select(maximum, 0, sentences), position), [active, 1])
    end = torch.select(steps, 2, 3)
    end = torch.masked_fill(end, too_short, -inf)
    steps = torch.masked_fill(steps, torch.unsqueeze(must_end, 2), -inf)
    steps[:, :, 3] = end
    totals = torch.reshape(torch.unsqueeze(scores, 2) + steps, [active, beam * vocabulary])
    # Twice as many as beams: at most one of each beam is an end, so enough go on.
    top, index = torch.topk(totals, 2 * beam, 1)
    parent = torch.div(index, vocabulary, rounding_mode="floor")
    token = torch.remainder(index, vocabulary)
    is_end = torch.eq(token, 3)

    # Hypotheses that end here, among the best `beam`
    ends = torch.logical_and(is_end, torch.gt(top, -inf))[:, 0:beam]
    normalized = torch.masked_fill(top[:, 0:beam] / float(position + 1) ** length_penalty, torch.logical_not(ends), -inf)
    candidate, which = torch.max(normalized, 1)
    better = torch.flatten(torch.nonzero(torch.gt(candidate, torch.index_select(best_scores, 0, sentences))))
    if torch.size(better, 0) > 0:
      improved = torch.index_select(sentences, 0, better)
      row = better * beam + torch.index_select(torch.squeeze(torch.gather(parent, 1, torch.unsqueeze(which, 1)), 1), 0, better)
      best_scores[improved] = torch.index_select(candidate, 0, better)
      best_tokens[improved] = 0
      if position > 0:
        best_tokens[improved, 0:position] = torch.index_select(history, 0, row)
    ended = torch.index_add(ended, 0, sentences, torch.sum(ends, 1))

    # Hypotheses that go on
    going = torch.masked_fill(top, is_end, -inf)
    scores, order = torch.topk(going, beam, 1)
    first = torch.unsqueeze(torch.arange(active, device=device) * beam, 1)
    row = torch.flatten(first + torch.gather(parent, 1, order))
    tokens = torch.flatten(torch.gather(token, 1, order))
    position = position + 1
    open = torch.logical_and(torch.lt(torch.index_select(ended, 0, sentences), beam), torch.gt(torch.amax(scores, [1]), -inf))
    if not bool(torch.all(open)):
      keep = torch.flatten(torch.nonzero(open))
      sentences = torch.index_select(sentences, 0, keep)
      scores = torch.index_select(scores, 0, keep)
      inside = torch.flatten(torch.unsqueeze(keep * beam, 1) + torch.unsqueeze(torch.arange(beam, device=device), 0))
      row = torch.index_select(row, 0, inside)
      tokens = torch.index_select(tokens, 0, inside)
    if beam > 1 or torch.size(row, 0) < torch.size(history, 0):
      state = self.rows(state, row)
    history = torch.cat([torch.index_select(history, 0, row), torch.unsqueeze(tokens, 1)], 1)
  return best_tokens, best_scores

def translate(self, source: Tensor, options: Tensor, repeatable: Tensor) -> Tensor:
  # The best translation of each sentence: [batch, 1 + longest], its score and then its tokens, 0 after the last
  #   options: beam, length penalty, no-repeat n-gram (0: off), then minimum and maximum length in tokens, each as a
  #   factor of the source length and a constant
  #   repeatable: as for search
  lengths = (torch.sum(torch.ne(source, 0), 1) - 1).float()
  minimum = torch.floor(lengths * options[3] + options[4])
  maximum = torch.floor(lengths * options[5] + options[6])
  tokens, scores = self.search(source, int(options[0]), float(options[1]), int(options[2]), repeatable, minimum, maximum)
  return torch.cat([torch.unsqueeze(scores, 1), tokens.float()], 1)

def decode_step(self, tokens: Tensor, position: Tensor, state: List[Tensor]) -> List[Tensor]:
  # One step for a caller that searches by itself and holds the state: the logits [rows, vocabulary], then the state
  logits, next = self.step(state, tokens, int(position))
  return [logits] + next
