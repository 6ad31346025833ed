// FastJSON
