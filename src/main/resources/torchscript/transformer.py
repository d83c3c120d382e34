# The Transformer of "Attention Is All You Need" (Vaswani et al., 2017) as nn.Transformer has it, with token embeddings,
# sinusoidal positions and a linear layer on top. Parameters below `transformer` have the names of nn.Transformer.
#
# One layer's parameters, as lists:
#   encoder  0-3 self attention, 4-7 feed-forward, 8-9 norm1, 10-11 norm2
#   decoder  0-3 self attention, 4-7 attention to the memory, 8-11 feed-forward, 12-13 norm1, 14-15 norm2, 16-17 norm3
# An attention is in_proj_weight [3 * d_model, d_model], in_proj_bias, out_proj.weight, out_proj.bias.

def drop(self, x: Tensor) -> Tensor:
  return torch.dropout(x, self.dropout, self.training)

def norm(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return torch.layer_norm(x, [self.d_model], weight, bias, self.layer_norm_eps)

def heads(self, x: Tensor) -> Tensor:
  # [batch, length, d_model] -> [batch, nhead, length, d_model / nhead]
  return torch.transpose(torch.reshape(x, [torch.size(x, 0), torch.size(x, 1), self.nhead, -1]), 1, 2)

def project(self, x: Tensor, attention: List[Tensor], first: int, last: int) -> List[Tensor]:
  # The projections first..last-1 of query (0), key (1) and value (2), each [batch, nhead, length, d_model / nhead]
  weight = torch.slice(attention[0], 0, first * self.d_model, last * self.d_model)
  bias = torch.slice(attention[1], 0, first * self.d_model, last * self.d_model)
  projected: List[Tensor] = []
  for part in torch.chunk(torch.linear(x, weight, bias), last - first, 2):
    projected.append(self.heads(part))
  return projected

def attend(self, query: Tensor, key: Tensor, value: Tensor, mask: Optional[Tensor], causal: bool, attention: List[Tensor]) -> Tensor:
  # -> [batch, query length, d_model]
  dropout = 0.
  if self.training:
    dropout = self.attention_dropout
  context = torch.scaled_dot_product_attention(query, key, value, mask, dropout, causal)
  joined = torch.reshape(torch.transpose(context, 1, 2), [torch.size(query, 0), torch.size(query, 2), self.d_model])
  return torch.linear(joined, attention[2], attention[3])

def feed_forward(self, x: Tensor, w: List[Tensor]) -> Tensor:
  inner = torch.linear(x, w[0], w[1])
  if self.gelu:
    inner = torch.gelu(inner)
  else:
    inner = torch.relu(inner)
  return torch.linear(self.drop(inner), w[2], w[3])

def self_attention(self, x: Tensor, mask: Optional[Tensor], attention: List[Tensor]) -> Tensor:
  projected = self.project(x, attention, 0, 3)
  return self.attend(projected[0], projected[1], projected[2], mask, False, attention)

def encoder_layer(self, x: Tensor, mask: Optional[Tensor], w: List[Tensor]) -> Tensor:
  if self.norm_first:
    x = x + self.drop(self.self_attention(self.norm(x, w[8], w[9]), mask, w[0:4]))
    return x + self.drop(self.feed_forward(self.norm(x, w[10], w[11]), w[4:8]))
  x = self.norm(x + self.drop(self.self_attention(x, mask, w[0:4])), w[8], w[9])
  return self.norm(x + self.drop(self.feed_forward(x, w[4:8])), w[10], w[11])

def encoder(self, x: Tensor, mask: Optional[Tensor]) -> Tensor:
  # The memory: [batch, source length, d_model]
  layers = parameters("transformer.encoder.layers.*")
  for layer in range(self.num_encoder_layers):
    x = self.encoder_layer(x, mask, layers[12 * layer:12 * layer + 12])
  return self.norm(x, self.transformer.encoder.norm.weight, self.transformer.encoder.norm.bias)

def decoder_attention(self, x: Tensor, past: List[Tensor], mask: Optional[Tensor], causal: bool, attention: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
  # Self attention over x and the keys and values of what came before it; returns them with those of x added.
  projected = self.project(x, attention, 0, 3)
  key = projected[1]
  value = projected[2]
  if len(past) > 0:
    key = torch.cat([past[0], key], 2)
    value = torch.cat([past[1], value], 2)
  return self.attend(projected[0], key, value, mask, causal, attention), [key, value]

def memory_attention(self, x: Tensor, memory: List[Tensor], mask: Optional[Tensor], attention: List[Tensor]) -> Tensor:
  return self.attend(self.project(x, attention, 0, 1)[0], memory[0], memory[1], mask, False, attention)

def decoder_layer(self, x: Tensor, past: List[Tensor], memory: List[Tensor], mask: Optional[Tensor], causal: bool, memory_mask: Optional[Tensor], w: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
  if self.norm_first:
    attended, present = self.decoder_attention(self.norm(x, w[12], w[13]), past, mask, causal, w[0:4])
    x = x + self.drop(attended)
    x = x + self.drop(self.memory_attention(self.norm(x, w[14], w[15]), memory, memory_mask, w[4:8]))
    return x + self.drop(self.feed_forward(self.norm(x, w[16], w[17]), w[8:12])), present
  attended, present = self.decoder_attention(x, past, mask, causal, w[0:4])
  x = self.norm(x + self.drop(attended), w[12], w[13])
  x = self.norm(x + self.drop(self.memory_attention(x, memory, memory_mask, w[4:8])), w[14], w[15])
  return self.norm(x + self.drop(self.feed_forward(x, w[8:12])), w[16], w[17]), present

def memory_keys(self, memory: Tensor) -> List[Tensor]:
  # Keys and values of the memory for each decoder layer, computed once for all steps
  layers = parameters("transformer.decoder.layers.*")
  keys: List[Tensor] = []
  for layer in range(self.num_decoder_layers):
    projected = self.project(memory, layers[18 * layer + 4:18 * layer + 8], 1, 3)
    keys.append(projected[0])
    keys.append(projected[1])
  return keys

def decoder(self, x: Tensor, past: List[Tensor], keys: List[Tensor], mask: Optional[Tensor], causal: bool, memory_mask: Optional[Tensor]) -> Tuple[Tensor, List[Tensor]]:
  # -> [batch, target length, d_model], and keys and values of the target for each layer
  layers = parameters("transformer.decoder.layers.*")
  presents: List[Tensor] = []
  for layer in range(self.num_decoder_layers):
    x, present = self.decoder_layer(x, past[2 * layer:2 * layer + 2], keys[2 * layer:2 * layer + 2], mask, causal, memory_mask, layers[18 * layer:18 * layer + 18])
    presents.append(present[0])
    presents.append(present[1])
  return self.norm(x, self.transformer.decoder.norm.weight, self.transformer.decoder.norm.bias), presents

def additive_mask(self, mask: Tensor, key_padding_mask: Tensor) -> Optional[Tensor]:
  # Joins PyTorch's two kinds of mask, each absent when it has no elements; booleans forbid where they are true.
  #   mask [query, key] or [batch * nhead, query, key]; key_padding_mask [batch, key] -> [batch, nhead, query, key]
  joined: Optional[Tensor] = None
  if torch.numel(mask) > 0:
    if mask.dtype == torch.bool:
      mask = torch.masked_fill(torch.zeros(torch.size(mask), dtype=torch.float32, device=mask.device), mask, -inf)
    if torch.dim(mask) == 3:
      mask = torch.reshape(mask, [-1, self.nhead, torch.size(mask, 1), torch.size(mask, 2)])
    joined = mask
  if torch.numel(key_padding_mask) > 0:
    padding = key_padding_mask
    if padding.dtype == torch.bool:
      padding = torch.masked_fill(torch.zeros(torch.size(padding), dtype=torch.float32, device=padding.device), padding, -inf)
    padding = torch.unsqueeze(torch.unsqueeze(padding, 1), 1)
    if joined is None:
      joined = padding
    else:
      joined = joined + padding
  return joined

def forward(self, src: Tensor, tgt: Tensor, src_mask: Tensor, tgt_mask: Tensor, memory_mask: Tensor, src_key_padding_mask: Tensor, tgt_key_padding_mask: Tensor, memory_key_padding_mask: Tensor) -> Tensor:
  # nn.Transformer.forward; an absent mask is a tensor without elements.
  #   src [source length, batch, d_model], tgt [target length, batch, d_model], or batch first
  if not self.batch_first:
    src = torch.transpose(src, 0, 1)
    tgt = torch.transpose(tgt, 0, 1)
  memory = self.encoder(src, self.additive_mask(src_mask, src_key_padding_mask))
  nothing: List[Tensor] = []
  output, presents = self.decoder(tgt, nothing, self.memory_keys(memory), self.additive_mask(tgt_mask, tgt_key_padding_mask), False, self.additive_mask(memory_mask, memory_key_padding_mask))
  if not self.batch_first:
    output = torch.transpose(output, 0, 1)
  return output

def square_subsequent_mask(self, size: Tensor) -> Tensor:
  # nn.Transformer.generate_square_subsequent_mask: [size, size], -inf above the diagonal, 0 elsewhere
  n = int(size)
  return torch.triu(torch.full([n, n], -inf), 1)

def positions(self, first: int, length: int, like: Tensor) -> Tensor:
  # Sinusoidal encoding of the positions first, first + 1, ...: [length, d_model], sine and cosine by turns
  position = torch.unsqueeze(torch.arange(first, first + length, dtype=torch.float32, device=like.device), 1)
  exponent = torch.arange(0, self.d_model, 2, dtype=torch.float32, device=like.device)
  angle = position * torch.exp(exponent * (-9.210340371976184 / self.d_model))
  return torch.flatten(torch.stack([torch.sin(angle), torch.cos(angle)], 2), 1, 2).to(like.dtype)

def embed(self, tokens: Tensor, table: Tensor, first: int) -> Tensor:
  # [batch, length] -> [batch, length, d_model]
  embedded = torch.embedding(table, tokens) * self.embedding_scale
  return self.drop(embedded + self.positions(first, torch.size(tokens, 1), embedded))

def generate(self, output: Tensor) -> Tensor:
  # The logits of the target vocabulary; a tied model has no generator.weight and uses the embedding's
  weights = parameters("target_embedding.*") + parameters("generator.*")
  return torch.linear(output, weights[-2], weights[-1])

def source_memory(self, source: Tensor) -> Tuple[Tensor, Tensor]:
  # The memory of token ids, 0 for padding, and the mask of the real ones [batch, 1, 1, length]
  real = torch.unsqueeze(torch.unsqueeze(torch.ne(source, 0), 1), 1)
  return self.encoder(self.embed(source, self.source_embedding.weight, 0), real), real

def loss(self, source: Tensor, target: Tensor) -> Tensor:
  # Label-smoothed cross entropy of the target tokens under teacher forcing: a scalar
  #   source [batch, source length] ends in 3; target [batch, target length + 1] begins with 2 and ends in 3; 0 for padding
  memory, real = self.source_memory(source)
  nothing: List[Tensor] = []
  input = self.embed(torch.slice(target, 1, 0, -1), self.target_embedding.weight, 0)
  output, presents = self.decoder(input, nothing, self.memory_keys(memory), None, True, real)
  labels = torch.reshape(torch.slice(target, 1, 1), [-1])
  tokens = torch.flatten(torch.nonzero(labels))
  logits = self.generate(torch.index_select(torch.flatten(output, 0, 1), 0, tokens))
  return torch.cross_entropy_loss(logits, torch.index_select(labels, 0, tokens), None, 1, -100, self.label_smoothing)

def encode(self, source: Tensor) -> List[Tensor]:
  # Where decoding starts: mask of the source, keys and values of the memory by layer, keys and values of no target yet
  memory, real = self.source_memory(source)
  state = [real]
  for key in self.memory_keys(memory):
    state.append(key)
  none = torch.zeros([torch.size(source, 0), self.nhead, 0, self.d_model // self.nhead], dtype=memory.dtype, device=memory.device)
  for layer in range(2 * self.num_decoder_layers):
    state.append(none)
  return state

def step(self, state: List[Tensor], tokens: Tensor, position: int) -> Tuple[Tensor, List[Tensor]]:
  # The logits of the token after `tokens` [rows], which is at `position`: [rows, vocabulary]
  memory = state[1:1 + 2 * self.num_decoder_layers]
  past = state[1 + 2 * self.num_decoder_layers:]
  input = self.embed(torch.unsqueeze(tokens, 1), self.target_embedding.weight, position)
  output, presents = self.decoder(input, past, memory, None, False, state[0])
  next = [state[0]]
  for key in memory:
    next.append(key)
  for present in presents:
    next.append(present)
  return self.generate(torch.select(output, 1, 0)), next
