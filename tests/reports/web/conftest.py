from tests.loaded import figures, loaded_figures

__all__ = ["figures", "loaded_figures"]
