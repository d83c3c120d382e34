# A text classifier: BERT encoder -> pooler on the first token -> dropout -> linear, with or without ReLU.

def forward(self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor) -> Tensor:
  # Logits: [batch, classes]
  pooled = self.bert_pool(self.bert_encode(input_ids, token_type_ids, attention_mask))
  pooled = torch.dropout(pooled, self.classifier_dropout, self.training)
  logits = torch.linear(pooled, self.classifier.weight, self.classifier.bias)
  if self.relu:
    logits = torch.relu(logits)
  return logits

def classify(self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor) -> Tensor:
  # The same, in fp32, for any number of rows: a bounded number of tokens is in the encoder at a time
  rows = torch.size(input_ids, 0)
  step = torch.floordiv(self.tokens_at_a_time, torch.size(input_ids, 1)) + 1
  logits = annotate(List[Tensor], [])
  begin = 0
  while begin < rows:
    end = begin + step
    ids = torch.slice(input_ids, 0, begin, end, 1)
    types = torch.slice(token_type_ids, 0, begin, end, 1)
    mask = torch.slice(attention_mask, 0, begin, end, 1)
    _0 = torch.append(logits, self.forward(ids, types, mask).float())
    begin = end
  return torch.cat(logits, 0)

def loss(self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor, targets: Tensor) -> Tensor:
  # Mean cross-entropy against target distributions, [batch, classes]: a scalar
  scores = torch.log_softmax(self.forward(input_ids, token_type_ids, attention_mask), 1)
  return torch.neg(torch.mean(torch.sum(torch.mul(scores, targets), [1])))
