// The map of the place panel: tiles over a grid, the pin with its accuracy and direction, a second candidate.
// `shown` is what MapView tells (state in); taps go back through `ear` (intent out).
import QtQuick
import QtQuick.Shapes
import QtLocation
import QtPositioning

Rectangle {
    id: root
    required property string host
    required property string cache
    required property var look
    required property QtObject ear
    property var shown: ({})
    property bool unframed: false
    readonly property bool pinned: shown.pin !== undefined
    readonly property var pinAt: pinned ? QtPositioning.coordinate(shown.pin.latitude, shown.pin.longitude) : QtPositioning.coordinate(0, 0)
    readonly property bool doubted: shown.other !== undefined
    readonly property var otherAt: doubted ? QtPositioning.coordinate(shown.other.latitude, shown.other.longitude) : pinAt
    readonly property real worldPx: 256 * Math.pow(2, map.zoomLevel)
    readonly property real metresPerPx: 40075016.686 * Math.cos(map.center.latitude * Math.PI / 180) / worldPx
    readonly property real scaleM: niceLength(72 * metresPerPx)
    readonly property real gridPx: Math.max(24, scaleM / metresPerPx)
    color: look.ground
    onWidthChanged: if (unframed) frame()
    onHeightChanged: if (unframed) frame()

    function niceLength(metres) {
        const power = Math.pow(10, Math.floor(Math.log10(metres)));
        const steps = [5, 2, 1].filter(step => step * power <= metres);
        return steps[0] * power;
    }

    function show(state) {
        const another = state.subject !== shown.subject || (state.pin !== undefined && !pinned);
        shown = state;
        if (another)
            frame();
        else if (pinned && !inSight(pinAt))
            map.center = pinAt;
    }

    // Bring all there is of another case into sight; a view without a size yet does so when it gets one.
    function frame() {
        unframed = width < 1 || height < 1;
        if (unframed)
            return;
        if (!pinned && shown.centre !== undefined)
            map.center = QtPositioning.coordinate(shown.centre.latitude, shown.centre.longitude);
        if (!pinned)
            return;
        map.zoomLevel = Math.min(16, map.maximumZoomLevel);
        map.center = pinAt;
        if (!doubted)
            return;
        const middle = pinAt.atDistanceAndAzimuth(pinAt.distanceTo(otherAt) / 2, pinAt.azimuthTo(otherAt));
        map.center = middle;
        while (map.zoomLevel > map.minimumZoomLevel && !(inSight(pinAt) && inSight(otherAt)))
            map.zoomLevel -= 1;
    }

    function inSight(place) {
        const at = map.fromCoordinate(place, false);
        return at.x > width * 0.1 && at.x < width * 0.9 && at.y > height * 0.3 && at.y < height * 0.9;
    }

    function zoom(by) {
        map.zoomLevel = Math.max(map.minimumZoomLevel, Math.min(map.maximumZoomLevel, Math.round(map.zoomLevel) + by));
    }

    Item {
        id: grid
        anchors.fill: parent
        readonly property real westPx: (map.center.longitude + 180) / 360 * root.worldPx - width / 2
        readonly property real sine: Math.sin(map.center.latitude * Math.PI / 180)
        readonly property real northPx: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * root.worldPx - height / 2
        Repeater {
            model: Math.ceil(grid.width / root.gridPx) + 1
            Rectangle {
                required property int index
                x: index * root.gridPx - grid.westPx % root.gridPx
                width: 1
                height: grid.height
                color: root.look.line
            }
        }
        Repeater {
            model: Math.ceil(grid.height / root.gridPx) + 1
            Rectangle {
                required property int index
                y: index * root.gridPx - grid.northPx % root.gridPx
                width: grid.width
                height: 1
                color: root.look.line
            }
        }
    }

    Plugin {
        id: tiles
        name: root.host ? "osm" : "itemsoverlay"
        PluginParameter { name: "osm.mapping.custom.host"; value: root.host }
        PluginParameter { name: "osm.mapping.providersrepository.disabled"; value: true }
        PluginParameter { name: "osm.mapping.cache.directory"; value: root.cache }
        PluginParameter { name: "osm.mapping.prefetching_style"; value: "NoPrefetching" }
        PluginParameter { name: "osm.useragent"; value: "kuaichu-desk" }
    }

    Map {
        id: map
        anchors.fill: parent
        plugin: tiles
        color: "transparent"
        copyrightsVisible: false
        zoomLevel: 16
        minimumZoomLevel: root.shown.minZoom ?? 3
        maximumZoomLevel: root.shown.maxZoom ?? 19
        function choose() {
            for (const type of supportedMapTypes)
                if (type.style === MapType.CustomMap)
                    activeMapType = type;
        }
        onSupportedMapTypesChanged: choose()
        Component.onCompleted: choose()

        MapCircle {
            visible: root.pinned && root.shown.accuracy > 0
            center: root.pinAt
            radius: Math.max(1, root.shown.accuracy ?? 1)
            color: root.look.halo
            border.color: root.look.accent
            border.width: 1
        }
        MapPolyline {
            visible: root.doubted
            path: [root.pinAt, root.otherAt]
            line.color: root.look.warn
            line.width: 1
        }
        MapQuickItem {
            visible: root.doubted
            coordinate: root.otherAt
            anchorPoint: Qt.point(12, 30)
            sourceItem: Drop { ink: root.look.warn; ground: root.look.ground; hollow: true }
        }
        MapQuickItem {
            visible: root.pinned && root.shown.heading !== undefined
            coordinate: root.pinAt
            anchorPoint: Qt.point(48, 48)
            sourceItem: Item {
                width: 96
                height: 96
                Shape {
                    anchors.fill: parent
                    rotation: root.shown.heading ?? 0
                    ShapePath {
                        strokeColor: root.look.accent
                        strokeWidth: 3
                        fillColor: "transparent"
                        capStyle: ShapePath.RoundCap
                        joinStyle: ShapePath.RoundJoin
                        PathSvg { path: "M48 92 L48 68 M41 75 L48 67 L55 75" }
                    }
                }
            }
        }
        MapQuickItem {
            visible: root.pinned
            coordinate: root.pinAt
            anchorPoint: Qt.point(12, 30)
            sourceItem: Drop { ink: root.look.accent; ground: root.look.ground; hollow: !root.shown.settled }
        }
    }

    component Drop: Shape {
        id: drop
        required property color ink
        required property color ground
        required property bool hollow
        width: 24
        height: 30
        ShapePath {
            strokeColor: drop.hollow ? drop.ink : drop.ground
            strokeWidth: drop.hollow ? 3 : 1.5
            fillColor: drop.hollow ? drop.ground : drop.ink
            PathSvg { path: "M12 29 C6 22 2.5 16 2.5 11 A9.5 9.5 0 1 1 21.5 11 C21.5 16 18 22 12 29 Z" }
        }
        ShapePath {
            strokeColor: "transparent"
            fillColor: drop.hollow ? drop.ink : drop.ground
            PathSvg { path: "M8.5 11 A3.5 3.5 0 1 1 15.5 11 A3.5 3.5 0 1 1 8.5 11 Z" }
        }
    }

    component Note: Rectangle {
        id: note
        required property string words
        property color ink: root.look.text
        visible: words !== ""
        implicitWidth: Math.min(said.implicitWidth + 10, root.width - 8)
        implicitHeight: said.implicitHeight + 4
        radius: 3
        color: root.look.label
        Text {
            id: said
            anchors.centerIn: parent
            width: Math.min(implicitWidth, root.width - 18)
            wrapMode: Text.Wrap
            textFormat: Text.PlainText
            text: note.words
            color: note.ink
            font.family: root.look.family
            font.pixelSize: root.look.captionPx
        }
    }

    Column {
        anchors { left: parent.left; top: parent.top; margins: 4 }
        spacing: 3
        Note { words: root.shown.missing ?? ""; ink: root.look.warn }
        Note { words: root.shown.otherWords ?? ""; ink: root.look.warn }
        Note { words: root.shown.moving ?? "" }
    }

    Note {
        anchors { right: parent.right; bottom: parent.bottom; margins: 4 }
        words: root.host ? root.shown.attribution ?? "" : ""
        ink: root.look.dim
    }

    Column {
        anchors { left: parent.left; bottom: parent.bottom; margins: 6 }
        spacing: 1
        Note { words: root.scaleM >= 1000 ? root.scaleM / 1000 + " km" : root.scaleM + " m" }
        Rectangle { width: root.scaleM / root.metresPerPx; height: 3; color: root.look.text; border.color: root.look.ground }
    }

    DragHandler {
        target: null
        onTranslationChanged: delta => map.pan(-delta.x, -delta.y)
    }
    WheelHandler {
        onWheel: event => root.zoom(event.angleDelta.y > 0 ? 1 : -1)
    }
    TapHandler {
        onTapped: point => {
            const at = map.toCoordinate(Qt.point(point.position.x, point.position.y), false);
            root.ear.tapped(at.longitude, at.latitude);
        }
    }
}
