# A masked language model: BERT encoder -> dense, gelu, normalization -> the word embeddings as output layer.
#
#   positions  [masked]  which tokens of the flattened batch are to be predicted
#   words      [masked]  what they are

def words(self, states: Tensor) -> Tensor:
  # Logits of the words that states stand for: [states, vocabulary]
  head = self.cls.predictions
  transformed = torch.gelu(torch.linear(states, head.transform.dense.weight, head.transform.dense.bias))
  normalized = self.bert_norm(transformed, head.transform.LayerNorm.weight, head.transform.LayerNorm.bias)
  return torch.linear(normalized, self.bert.embeddings.word_embeddings.weight, head.bias)

def forward(self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor, positions: Tensor) -> Tensor:
  # Logits of the tokens at the positions only: [masked, vocabulary]
  states = torch.flatten(self.bert_encode(input_ids, token_type_ids, attention_mask), 0, 1)
  return self.words(torch.index_select(states, 0, positions))

def loss(self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor, positions: Tensor, words: Tensor) -> Tensor:
  # Mean cross-entropy of the words, told from their own states, and of the same words, told from the pooled text: a scalar
  states = self.bert_encode(input_ids, token_type_ids, attention_mask)
  logits = self.words(torch.index_select(torch.flatten(states, 0, 1), 0, positions))
  rows = torch.floor_divide(positions, torch.size(input_ids, 1))
  pooled = self.words(torch.index_select(self.bert_pool(states), 0, rows))
  loss = torch.cross_entropy_loss(logits, words, None, 1, -100, 0.)
  return torch.add(loss, torch.cross_entropy_loss(pooled, words, None, 1, -100, 0.))

def accuracy(self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor, positions: Tensor, words: Tensor) -> Tensor:
  # Share of the words that are predicted: a scalar
  found = torch.argmax(self.forward(input_ids, token_type_ids, attention_mask, positions), 1)
  return torch.mean(torch.eq(found, words).float())
