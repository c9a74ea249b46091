from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

_Picture = npt.NDArray[np.uint8]

class _Found:
    boxes: npt.NDArray[np.float32] | None

class _Sides:
    cls_res: Sequence[tuple[str, float]] | None

class _Detector:
    def __call__(self, img: _Picture) -> _Found: ...

class _Classifier:
    def __call__(self, img_list: list[_Picture]) -> _Sides: ...

class _Decoder:
    character: list[str]

class _Recognizer:
    postprocess_op: _Decoder
    def resize_norm_img(self, img: _Picture, max_wh_ratio: float) -> npt.NDArray[np.float32]: ...
    def session(self, input_content: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]: ...

class RapidOCR:
    text_det: _Detector
    text_cls: _Classifier
    text_rec: _Recognizer
    def __init__(
        self, config_path: str | None = None, params: Mapping[str, str | int | float | bool] | None = None
    ) -> None: ...
    def __call__(self, img_content: _Picture) -> object: ...
