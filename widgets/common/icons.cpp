// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

#include <array>
#include <cmath>
#include <map>
#include <tuple>

// The resources lie in a static library: nothing would link them otherwise. Outside of a namespace, as the macro asks.
static void initResources()
{
    Q_INIT_RESOURCE(pennant);
}

namespace {

constexpr std::array fileNames = {"check", "cross", "alert", "info", "copy", "eye", "eye-off", "refresh", "download",
    "search", "plus", "trash", "play", "pause", "chevron-down", "chevron-right", "chevron-up", "arrow-down", "arrow-up",
    "more", "lock", "server", "stream", "consumer", "account", "settings", "chart", "logs", "edit", "external", "key",
    "clock", "dot", "ring"};
static_assert(fileNames.size() == size_t(Icons::Name::Ring) + 1);

/// The icon in device pixels. Kept: there are few icons, colours and sizes, and tables paint the same ones all the
/// time.
const QPixmap &drawing(Icons::Name name, const QColor &color, int devicePixels)
{
    static std::map<std::tuple<int, QRgb, int>, QPixmap> drawings;
    QPixmap &drawing = drawings[{int(name), color.rgba(), devicePixels}];
    if (drawing.isNull()) {
        initResources();
        QFile file(QStringLiteral(":/icons/%1.svg").arg(QLatin1String(fileNames[size_t(name)])));
        QByteArray svg;
        if (file.open(QIODevice::ReadOnly))
            svg = file.readAll();
        QSvgRenderer renderer(svg.replace("currentColor", color.name().toLatin1()));
        drawing = QPixmap(devicePixels, devicePixels);
        drawing.fill(Qt::transparent);
        QPainter painter(&drawing);
        renderer.render(&painter, QRectF(0, 0, devicePixels, devicePixels));
    }
    return drawing;
}

class TintedIconEngine final : public QIconEngine {
public:
    TintedIconEngine(Icons::Name name, std::optional<Look::Role> role)
        : m_name(name)
        , m_role(role)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        Icons::paint(painter, rect, m_name, colorFor(mode));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new TintedIconEngine(m_name, m_role); }

private:
    QColor colorFor(QIcon::Mode mode) const
    {
        if (mode == QIcon::Disabled)
            return Look::color(Look::FaintText);
        if (m_role)
            return Look::color(*m_role);
        return Look::color(mode == QIcon::Normal ? Look::SoftText : Look::Text);
    }

    Icons::Name m_name;
    std::optional<Look::Role> m_role;
};

} // namespace

QIcon Icons::icon(Name name)
{
    return QIcon(new TintedIconEngine(name, std::nullopt));
}

QIcon Icons::icon(Name name, Look::Role role)
{
    return QIcon(new TintedIconEngine(name, role));
}

QIcon Icons::application()
{
    initResources();
    return QIcon(QStringLiteral(":/icons/pennant.svg"));
}

void Icons::paint(QPainter *painter, const QRectF &rect, Name name, const QColor &color)
{
    const double side = qMin(rect.width(), rect.height());
    const double ratio = painter->device()->devicePixelRatioF();
    const int devicePixels = qRound(side * ratio);
    if (devicePixels <= 0)
        return;
    // On whole device pixels: between them the strokes would blur.
    const auto onPixel = [ratio](double position) { return std::round(position * ratio) / ratio; };
    const QPointF corner(onPixel(rect.center().x() - side / 2), onPixel(rect.center().y() - side / 2));
    painter->drawPixmap(QRectF(corner, QSizeF(devicePixels, devicePixels) / ratio), drawing(name, color, devicePixels),
        QRectF(0, 0, devicePixels, devicePixels));
}
