"""QGIS, without its window, as a client of a running service.

python3 qgis_client.py ADDRESS STORE STYLES OUT ID…
ADDRESS of the service, its GeoPackage, a folder with its SLD styles, a folder for pictures, the layers. What to draw stands
in OUT/asked.json; what QGIS found goes to OUT/found.json: per layer whether it opened through OGC API Features and from the file, its count, its attributes,
what loading the SLD said; and for each picture the colours that were asked for.
"""
import json
import os
import re
import sys

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

address, store, styles, out = sys.argv[1:5]
names = sys.argv[5:]

QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()


def fields(layer):
    return {field.name(): field.typeName() for field in layer.fields()}


def over_http(name):
    return QgsVectorLayer(f"url='{address}/ogc' typename='{name}' pageSize='1000'", name, "OAPIF")


def from_file(name):
    return QgsVectorLayer(f"{store}|layername={name}", name, "ogr")


def look(layer):
    if not layer.isValid():
        return {"valid": False}
    ids = sorted(feature["id"] for feature in layer.getFeatures())
    box = layer.extent()
    return {
        "valid": True,
        "count": len(ids),
        "ids": ids,
        "fields": fields(layer),
        "crs": layer.crs().authid(),
        "extent": [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()],
    }


found = {"layers": {}, "pictures": {}}
layers = {}
for name in names:
    http = over_http(name)
    file = from_file(name)
    style = os.path.join(styles, name + ".sld")
    said, loaded = ("", False)
    if os.path.exists(style):
        said, loaded = file.loadSldStyle(style)
        if http.isValid():
            http.loadSldStyle(style)
    layers[name] = (http, file)
    found["layers"][name] = {
        "http": look(http),
        "file": look(file),
        "sld": {"there": os.path.exists(style), "loaded": loaded, "said": said},
    }

# A window draws again when a symbol has come from the service; here each is fetched before anything is drawn.
symbols = set()
for style in os.listdir(styles):
    with open(os.path.join(styles, style), encoding="utf-8") as file:
        symbols |= set(re.findall(r'href="(http[^"]+\.svg)"', file.read()))


def drawing(symbol):
    return bytes(QgsApplication.svgCache().svgContent(symbol, 24, QColor("red"), QColor("red"), 1, 1, 0, True))


nothing = drawing(address + "/styles/symbols/no-such-symbol.svg")
missing = [symbol for symbol in sorted(symbols) if drawing(symbol) == nothing]
found["symbols"] = {"count": len(symbols), "missing": missing}

METRES = QgsCoordinateReferenceSystem("EPSG:4544")
DEGREES = QgsCoordinateReferenceSystem("EPSG:4326")


def picture(title, order, centre, metres, size, asked):
    """Draws layers (topmost first) around a place; answers the colours at the places asked for."""
    there = QgsCoordinateTransform(DEGREES, METRES, QgsProject.instance())
    middle = there.transform(QgsPointXY(*centre))
    width, height = size
    high = metres * height / width
    settings = QgsMapSettings()
    settings.setLayers(order)
    settings.setDestinationCrs(METRES)
    settings.setTransformContext(QgsProject.instance().transformContext())
    settings.setBackgroundColor(QColor("#ffffff"))
    settings.setOutputSize(QSize(width, height))
    settings.setOutputDpi(96)
    # Symbols come from the service: drawing waits for them.
    settings.setFlag(QgsMapSettings.RenderBlocking, True)
    settings.setExtent(
        QgsRectangle(middle.x() - metres / 2, middle.y() - high / 2, middle.x() + metres / 2, middle.y() + high / 2)
    )
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(os.path.join(out, title + ".png"))
    pixels = settings.mapToPixel()
    colours = {}
    for key, place in asked.items():
        at = pixels.transform(there.transform(QgsPointXY(*place)))
        x, y = round(at.x()), round(at.y())
        # The colours within 9 pixels of the place, the one at the place first.
        near = [image.pixelColor(x + i, y + j).name() for i in range(-9, 10) for j in range(-9, 10)]
        colours[key] = [image.pixelColor(x, y).name()] + sorted(set(near))
    found["pictures"][title] = {
        "scale": settings.scale(),
        "colours": colours,
        "errors": [f"{error.layerID}: {error.message}" for error in job.errors()],
    }


# The risk map as a GeoTIFF: its values at places.
risk = QgsRasterLayer(os.path.join(out, "risk.tif"), "risk")
found["raster"] = {"valid": risk.isValid(), "crs": risk.crs().authid(), "values": []}
with open(os.path.join(out, "raster.json"), encoding="utf-8") as file:
    to_raster = QgsCoordinateTransform(DEGREES, risk.crs(), QgsProject.instance())
    for place in json.load(file):
        value, there = risk.dataProvider().sample(to_raster.transform(QgsPointXY(*place)), 1)
        found["raster"]["values"].append(value if there else None)


with open(os.path.join(out, "asked.json"), encoding="utf-8") as file:
    for one in json.load(file):
        picture(
            one["title"],
            [layers[name][0 if one["from"] == "http" else 1] for name in one["layers"]],
            one["centre"],
            one["metres"],
            one["size"],
            one["places"],
        )

with open(os.path.join(out, "found.json"), "w", encoding="utf-8") as file:
    json.dump(found, file, ensure_ascii=False, indent=1)
# Leaving QGIS in order needs its window; the result is on the disk.
os._exit(0)
