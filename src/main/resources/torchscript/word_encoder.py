# A token is a word: its embedding, beside the maximum over its characters of a convolution.

def encode_forms(self, words: Tensor, characters: Tensor) -> Tensor:
  # words [forms], characters [forms, longest form] -> [forms, word_size + character_filters]
  word = torch.embedding(self.word_embedding.weight, words)
  letter = torch.embedding(self.character_embedding.weight, characters)
  padding = torch.unsqueeze(torch.eq(characters, 0), 1)
  letter = torch.dropout(torch.transpose(letter, 1, 2), self.dropout * 0.5, self.training)
  letter = torch.masked_fill(letter, padding, 0.)
  window = torch.size(self.character_convolution.weight, 2)
  spelling = torch.conv1d(letter, self.character_convolution.weight, self.character_convolution.bias, [1], [(window - 1) // 2], [1], 1)
  # Zero is the least a rectified value can be, so padding never wins the maximum.
  spelling = torch.masked_fill(torch.relu(spelling), padding, 0.)
  return torch.cat([word, torch.amax(spelling, [2])], 1)
