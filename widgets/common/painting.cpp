// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/painting.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QPainter>
#include <QWidget>

namespace {

/// Gives a widget its text colour again whenever the application's palette changes.
class TextRoleKeeper final : public QObject {
public:
    TextRoleKeeper(QWidget *widget, Look::Role role)
        : QObject(widget)
        , m_widget(widget)
        , m_role(role)
    {
        setObjectName(QStringLiteral("textRoleKeeper"));
        widget->installEventFilter(this);
        renew();
    }

    void setRole(Look::Role role)
    {
        m_role = role;
        renew();
    }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange && !m_isRenewing)
            renew();
        return false;
    }

private:
    void renew()
    {
        m_isRenewing = true;
        QPalette palette = m_widget->palette();
        const QColor color = Look::color(m_role);
        if (palette.color(QPalette::Active, QPalette::WindowText) != color) {
            for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
                palette.setColor(QPalette::Active, role, color);
                palette.setColor(QPalette::Inactive, role, color);
            }
            m_widget->setPalette(palette);
        }
        m_isRenewing = false;
    }

    QWidget *m_widget;
    Look::Role m_role;
    bool m_isRenewing = false;
};

double devicePixel(const QPainter &painter)
{
    return 1.0 / qMax(1.0, painter.device()->devicePixelRatioF());
}

/// The width of the widest digit. That of the font asked for last is kept: a table asks cell by cell.
double digitWidth(const QFont &font)
{
    static QFont knownFont;
    static double known = 0;
    if (known <= 0 || font != knownFont) {
        const QFontMetricsF metrics(font);
        known = 0;
        for (char digit = '0'; digit <= '9'; ++digit)
            known = qMax(known, metrics.horizontalAdvance(QLatin1Char(digit)));
        knownFont = font;
    }
    return known;
}

} // namespace

void paintRounded(
    QPainter &painter, const QRectF &rect, double radius, const QColor &ground, const QColor &border, double width)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (border.isValid()) {
        const double line = width <= 1 ? devicePixel(painter) : width;
        painter.setBrush(ground.isValid() ? QBrush(ground) : QBrush(Qt::NoBrush));
        painter.setPen(QPen(border, line));
        const double half = line / 2;
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half);
    } else if (ground.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawRoundedRect(rect, radius, radius);
    }
    painter.restore();
}

void paintFocusRing(QPainter &painter, const QRectF &rect, double radius)
{
    paintRounded(painter, rect, radius, {}, Look::color(Look::Accent), 2);
}

void paintHairline(QPainter &painter, double left, double right, double y, const QColor &color)
{
    painter.fillRect(QRectF(left, y, right - left, devicePixel(painter)), color);
}

void paintVerticalHairline(QPainter &painter, double x, double top, double bottom, const QColor &color)
{
    painter.fillRect(QRectF(x, top, devicePixel(painter), bottom - top), color);
}

void setTextRole(QWidget *widget, Look::Role role)
{
    auto *keeper = widget->findChild<QObject *>(QStringLiteral("textRoleKeeper"), Qt::FindDirectChildrenOnly);
    if (keeper)
        static_cast<TextRoleKeeper *>(keeper)->setRole(role);
    else
        new TextRoleKeeper(widget, role);
}

QString elidedName(const QFontMetrics &metrics, const QString &name, int width)
{
    if (metrics.horizontalAdvance(name) <= width)
        return name;
    const QString head = metrics.elidedText(name, Qt::ElideRight, width / 3);
    const QString bare = head.endsWith(QChar(0x2026)) ? head.chopped(1) : head;
    const int room = width - metrics.horizontalAdvance(bare);
    return bare + metrics.elidedText(name.mid(bare.size()), Qt::ElideLeft, room);
}

double tabularWidth(const QFont &font, const QString &text)
{
    const QFontMetricsF metrics(font);
    const double digit = digitWidth(font);
    double width = 0;
    for (const QChar character : text)
        width += character.isDigit() ? digit : metrics.horizontalAdvance(character);
    return width;
}

void paintTabular(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text)
{
    const QFontMetricsF metrics(painter.font());
    const double digit = digitWidth(painter.font());
    const double width = tabularWidth(painter.font(), text);
    double x = rect.left();
    if (alignment & Qt::AlignRight)
        x = rect.right() - width;
    else if (alignment & Qt::AlignHCenter)
        x = rect.center().x() - width / 2;
    const double baseline = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent();

    // Most fonts have one narrow digit, if any: what stands between is drawn in one go.
    QString run;
    double runLeft = x;
    const auto drawRun = [&] {
        if (!run.isEmpty())
            painter.drawText(QPointF(runLeft, baseline), run);
        run.clear();
    };
    for (const QChar character : text) {
        const double advance = metrics.horizontalAdvance(character);
        const bool isNarrow = character.isDigit() && advance < digit - 0.01;
        if (isNarrow) {
            drawRun();
            painter.drawText(QPointF(x + (digit - advance) / 2, baseline), QString(character));
            x += digit;
            runLeft = x;
        } else {
            run.append(character);
            x += advance;
        }
    }
    drawRun();
}
