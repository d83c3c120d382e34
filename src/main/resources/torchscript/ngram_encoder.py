# A token is a character: its embedding, beside those of the n-grams around it.

def encode_forms(self, words: Tensor, characters: Tensor) -> Tensor:
  # words [forms], characters [forms, features] -> [forms, word_size + features * ngram_size]
  word = torch.embedding(self.word_embedding.weight, words)
  ngrams = torch.embedding(self.ngram_embedding.weight, characters)
  return torch.cat([word, torch.flatten(ngrams, 1, 2)], 1)
