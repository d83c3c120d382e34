"""Golden outputs of BERT for BertParityTest, from PyTorch's own modules.

Run with PyTorch 1.13.1 on a CPU: python3 bert_golden.py
Writes bert_golden.safetensors beside this file: weights with the names of Hugging Face's state_dict, inputs with padding,
and the outputs of both heads. BERT is put together from nn.Embedding, nn.LayerNorm and
nn.TransformerEncoderLayer(norm_first=False, activation=gelu, layer_norm_eps=1e-12).
"""

import json
import pathlib
import struct

import torch
from torch import nn

VOCABULARY, HIDDEN, LAYERS, HEADS, WIDE, POSITIONS, CLASSES, EPS = 50, 24, 3, 4, 40, 16, 5, 1e-12


class Bert(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.types = nn.Embedding(2, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=EPS)
        layer = nn.TransformerEncoderLayer(
            HIDDEN, HEADS, WIDE, dropout=0.0, activation="gelu", layer_norm_eps=EPS, batch_first=True, norm_first=False)
        self.layers = nn.TransformerEncoder(layer, LAYERS, enable_nested_tensor=False)
        self.pooler = nn.Linear(HIDDEN, HIDDEN)
        self.classifier = nn.Linear(HIDDEN, CLASSES)
        self.transform = nn.Linear(HIDDEN, HIDDEN)
        self.transform_norm = nn.LayerNorm(HIDDEN, eps=EPS)
        self.bias = nn.Parameter(torch.zeros(VOCABULARY))

    def encode(self, ids, types, mask):
        states = self.words(ids) + self.types(types) + self.positions(torch.arange(ids.shape[1]))
        return self.layers(self.norm(states), src_key_padding_mask=mask == 0)

    def logits(self, ids, types, mask):
        return self.classifier(torch.tanh(self.pooler(self.encode(ids, types, mask)[:, 0])))

    def words_at(self, ids, types, mask, positions):
        states = self.encode(ids, types, mask).flatten(0, 1)[positions]
        states = self.transform_norm(nn.functional.gelu(self.transform(states)))
        return states @ self.words.weight.T + self.bias


def renamed(model):
    """The weights under Hugging Face's names; the packed input projection becomes query, key and value."""
    weights = {
        "bert.embeddings.word_embeddings.weight": model.words.weight,
        "bert.embeddings.position_embeddings.weight": model.positions.weight,
        "bert.embeddings.token_type_embeddings.weight": model.types.weight,
        "cls.predictions.bias": model.bias,
    }
    modules = {
        "bert.embeddings.LayerNorm": model.norm,
        "bert.pooler.dense": model.pooler,
        "classifier": model.classifier,
        "cls.predictions.transform.dense": model.transform,
        "cls.predictions.transform.LayerNorm": model.transform_norm,
    }
    for i, layer in enumerate(model.layers.layers):
        prefix = f"bert.encoder.layer.{i}."
        for name, weight, bias in zip(
                ("query", "key", "value"), layer.self_attn.in_proj_weight.chunk(3), layer.self_attn.in_proj_bias.chunk(3)):
            weights[f"{prefix}attention.self.{name}.weight"] = weight
            weights[f"{prefix}attention.self.{name}.bias"] = bias
        modules[prefix + "attention.output.dense"] = layer.self_attn.out_proj
        modules[prefix + "attention.output.LayerNorm"] = layer.norm1
        modules[prefix + "intermediate.dense"] = layer.linear1
        modules[prefix + "output.dense"] = layer.linear2
        modules[prefix + "output.LayerNorm"] = layer.norm2
    for name, module in modules.items():
        weights[name + ".weight"] = module.weight
        weights[name + ".bias"] = module.bias
    return weights


def save(path, tensors):
    header, blobs, offset = {}, [], 0
    for name, tensor in tensors.items():
        array = tensor.detach().contiguous().numpy()
        kind = {"float32": "F32", "int64": "I64"}[str(array.dtype)]
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [offset, offset + array.nbytes]}
        blobs.append(array.tobytes())
        offset += array.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def main():
    torch.manual_seed(20)
    model = Bert().eval()
    for parameter in model.parameters():
        nn.init.normal_(parameter, std=0.4)
    lengths = torch.tensor([12, 3, 7, 1, 12, 9])
    mask = (torch.arange(12)[None] < lengths[:, None]).long()
    ids = torch.randint(1, VOCABULARY, mask.shape) * mask
    types = torch.randint(0, 2, mask.shape) * mask
    positions = torch.tensor([0, 1, 5, 14, 24, 30, 36, 59, 60])
    logits = model.logits(ids, types, mask)
    tensors = {
        "input_ids": ids,
        "token_type_ids": types,
        "attention_mask": mask,
        "positions": positions,
        "linear": logits,
        "linear_relu": torch.relu(logits),
        "masked_lm": model.words_at(ids, types, mask, positions),
    }
    tensors.update({"weights." + name: tensor for name, tensor in renamed(model).items()})
    save(pathlib.Path(__file__).with_name("bert_golden.safetensors"), tensors)


if __name__ == "__main__":
    main()
