"""Makes the golden files beside this script from PyTorch's own modules: python3 make_golden_files.py

The files here were made by PyTorch 1.13.0a0 (Debian's python3-torch 1.13.1+dfsg-4) on a CPU; each says so in its metadata.
Per case: the module's hyper-parameters in the metadata, its state_dict below "weights.", what goes in below "in.", what
comes out below "out.".
"""
import json
import os
import struct

import torch
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))
TYPES = {torch.float32: "F32", torch.int64: "I64"}


def save(name, tensors, hyperparameters):
    """Writes the safetensors format."""
    header = {"__metadata__": {"torch": torch.__version__}}
    header["__metadata__"].update({key: str(value) for key, value in hyperparameters.items()})
    data = b""
    for key, tensor in tensors.items():
        tensor = tensor.detach().contiguous()
        content = tensor.numpy().tobytes()
        offsets = [len(data), len(data) + len(content)]
        header[key] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": offsets}
        data += content
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(HERE, name + ".safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def weights(module, prefix=""):
    return {"weights." + prefix + name: tensor for name, tensor in module.state_dict().items()}


def states(result):
    """h_n and, of an LSTM, c_n."""
    return list(result) if isinstance(result, tuple) else [result]


def recurrent(kind, num_layers, bidirectional):
    """An encoder over full sequences, from zero and from given states, and packed ones; a decoder from given states."""
    torch.manual_seed(11)
    embedding, hidden, batch, length = 5, 6, 3, 7
    directions = 2 if bidirectional else 1
    module = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}[kind]
    encoder = module(embedding, hidden // directions, num_layers, bidirectional=bidirectional).eval()
    decoder = module(embedding, hidden, num_layers, batch_first=True).eval()
    tensors = {**weights(encoder, "encoder."), **weights(decoder, "decoder.")}

    input = torch.randn(length, batch, embedding)
    output, last = encoder(input)
    tensors.update({"full.in.input": input, "full.out.output": output})
    tensors.update({"full.out." + name: state for name, state in zip(("h_n", "c_n"), states(last))})

    start = [torch.randn_like(state) for state in states(last)]
    output, last = encoder(input, tuple(start) if kind == "lstm" else start[0])
    tensors.update({"started.in.input": input, "started.out.output": output})
    tensors.update({"started.in." + name: state for name, state in zip(("h_0", "c_0"), start)})
    tensors.update({"started.out." + name: state for name, state in zip(("h_n", "c_n"), states(last))})

    packed = nn.utils.rnn.pack_padded_sequence(input, [7, 4, 1])
    output, last = encoder(packed)
    tensors.update({"packed.in.data": packed.data, "packed.in.batch_sizes": packed.batch_sizes})
    tensors.update({"packed.out.data": output.data})
    tensors.update({"packed.out." + name: state for name, state in zip(("h_n", "c_n"), states(last))})

    input = torch.randn(batch, length, embedding)
    start = [torch.randn(num_layers, batch, hidden) for _ in states(last)]
    output, last = decoder(input, tuple(start) if kind == "lstm" else start[0])
    tensors.update({"decoder.in.input": input, "decoder.out.output": output})
    tensors.update({"decoder.in." + name: state for name, state in zip(("h_0", "c_0"), start)})
    tensors.update({"decoder.out." + name: state for name, state in zip(("h_n", "c_n"), states(last))})
    name = "{}_{}_layers_{}".format(kind, num_layers, "both_ways" if bidirectional else "one_way")
    save(name, tensors, {"cell": kind, "num_layers": num_layers, "bidirectional": bidirectional,
                         "embedding_size": embedding, "hidden_size": hidden})


def transformer():
    """One set of weights under all settings, and under each mask alone, none and all."""
    d_model, nhead, batch, source, target = 8, 2, 3, 5, 4
    settings = {"d_model": d_model, "nhead": nhead, "num_encoder_layers": 2, "num_decoder_layers": 2,
                "dim_feedforward": 12}
    torch.manual_seed(12)
    first = nn.Transformer(**settings)
    for parameter in first.parameters():
        # away from zeros and ones, so that every parameter matters
        parameter.data += 0.2 * torch.randn_like(parameter)
    src, tgt = torch.randn(source, batch, d_model), torch.randn(target, batch, d_model)
    tensors = {**weights(first, "transformer."), "in.src": src, "in.tgt": tgt}
    boolean = lambda *shape: torch.rand(shape) < 0.4
    masks = {
        "src_mask": boolean(source, source),
        "tgt_mask": first.generate_square_subsequent_mask(target),
        "memory_mask": torch.randn(batch * nhead, target, source),
        "src_key_padding_mask": boolean(batch, source),
        "tgt_key_padding_mask": boolean(batch, target),
        "memory_key_padding_mask": boolean(batch, source),
    }
    for name, mask in masks.items():
        # The first key stays visible to all: softmax over nothing is not a number.
        mask[..., 0] = 0
        tensors["in." + name] = mask.long() if mask.dtype == torch.bool else mask
    for activation in ("relu", "gelu"):
        for norm_first in (False, True):
            for batch_first in (False, True):
                for eps in (1e-5, 0.05):
                    module = nn.Transformer(**settings, activation=activation, norm_first=norm_first,
                                            batch_first=batch_first, layer_norm_eps=eps)
                    module.load_state_dict(first.state_dict())
                    # Gradients stay on: the fast path without them leaves padded positions zero.
                    module.eval()
                    for name, chosen in {"none": [], "all": list(masks), **{mask: [mask] for mask in masks}}.items():
                        inputs = [x.transpose(0, 1) if batch_first else x for x in (src, tgt)]
                        output = module(*inputs, **{mask: masks[mask] for mask in chosen})
                        key = "out.{}.{}.{}.{}.{}".format(
                            activation, "norm_first" if norm_first else "norm_last",
                            "batch_first" if batch_first else "length_first", eps, name)
                        tensors[key] = output
    save("transformer", tensors, settings)


if __name__ == "__main__":
    for kind in ("rnn", "gru", "lstm"):
        recurrent(kind, 1, False)
        recurrent(kind, 3, True)
        recurrent(kind, 2, False)
    transformer()
