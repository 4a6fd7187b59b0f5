"""The fonts that PNG and PDF pictures are set in, so that a picture is the same on every machine.

Files as published, none changed:

| file | from | licence |
|---|---|---|
| LiberationSans-*.ttf 2.1.5 | Liberation fonts | SIL Open Font License 1.1 |
| DejaVuSans.ttf 2.37 | DejaVu fonts | Bitstream Vera; changes in the public domain |
| DroidSansFallback.ttf 2.55b | Android | Apache License 2.0 |
| NotoSansDevanagari-Regular.ttf, NotoSansThai-Regular.ttf | Noto fonts | SIL Open Font License 1.1 |
| NotoEmoji-Regular.woff | Noto Emoji, as packed by Fontsource 5.3.2 | SIL Open Font License 1.1 |

The licences' texts are in `licences/`.
"""
