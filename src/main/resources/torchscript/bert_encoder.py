# The encoder of BERT: embeddings and layers of self-attention, normalized after each residual connection.
#
#   input_ids       [batch, length]  token ids
#   token_type_ids  [batch, length]  0 for the first text, 1 for the second
#   attention_mask  [batch, length]  1 for tokens, 0 for padding

def bert_norm(self, input: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return torch.layer_norm(input, [self.hidden_size], weight, bias, self.layer_norm_eps)

def bert_embeddings(self, input_ids: Tensor, token_type_ids: Tensor) -> Tensor:
  # Word, position and token type, summed: [batch, length, hidden]
  embeddings = self.bert.embeddings
  words = torch.embedding(embeddings.word_embeddings.weight, input_ids, 0)
  types = torch.embedding(embeddings.token_type_embeddings.weight, token_type_ids)
  positions = torch.narrow(embeddings.position_embeddings.weight, 0, 0, torch.size(input_ids, 1))
  sum = torch.add(torch.add(words, types), positions)
  normalized = self.bert_norm(sum, embeddings.LayerNorm.weight, embeddings.LayerNorm.bias)
  return torch.dropout(normalized, self.hidden_dropout, self.training)

def bert_heads(self, input: Tensor, layer: Linear) -> Tensor:
  # A linear layer, cut into attention heads: [batch, heads, length, hidden / heads]
  batch, length = torch.size(input, 0), torch.size(input, 1)
  heads = torch.view(self.linear(input, layer), [batch, length, self.num_attention_heads, -1])
  return torch.transpose(heads, 1, 2)

def bert_layer(self, input: Tensor, mask: Tensor, linears: List[Linear], norms: List[Tensor]) -> Tensor:
  # Linear layers and norms are those of one layer, in the order of Hugging Face's BertLayer.
  query, key, value, output, intermediate, feed_forward = linears
  attention_norm, attention_norm_bias, norm, norm_bias = norms
  dropout = 0.
  if self.training:
    dropout = self.attention_dropout
  attended = torch.scaled_dot_product_attention(self.bert_heads(input, query), self.bert_heads(input, key), self.bert_heads(input, value), mask, dropout, False)
  joined = torch.flatten(torch.transpose(attended, 1, 2), 2)
  attention = torch.dropout(self.linear(joined, output), self.hidden_dropout, self.training)
  middle = self.bert_norm(torch.add(input, attention), attention_norm, attention_norm_bias)
  wide = torch.gelu(self.linear(middle, intermediate))
  narrow = torch.dropout(self.linear(wide, feed_forward), self.hidden_dropout, self.training)
  return self.bert_norm(torch.add(middle, narrow), norm, norm_bias)

def bert_encode(self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor) -> Tensor:
  # The last layer's states: [batch, length, hidden]
  linears = linears("bert.encoder.layer.*")
  norms = parameters("bert.encoder.layer.*LayerNorm.*")
  mask = torch.unsqueeze(torch.unsqueeze(torch.gt(attention_mask, 0), 1), 1)
  states = self.bert_embeddings(input_ids, token_type_ids)
  for i in range(self.num_hidden_layers):
    states = self.bert_layer(states, mask, torch.slice(linears, i * 6, (i + 1) * 6, 1), torch.slice(norms, i * 4, (i + 1) * 4, 1))
  return states

def bert_pool(self, states: Tensor) -> Tensor:
  # A whole text, by its first token: [batch, hidden]
  pooler = self.bert.pooler.dense
  return torch.tanh(torch.linear(torch.select(states, 1, 0), pooler.weight, pooler.bias))
