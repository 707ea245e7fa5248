"""A real vLLM on the processor, over a tiny model: called by `make test-vllm`."""
