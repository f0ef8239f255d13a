// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QColor>
#include <QFont>
#include <QString>
#include <QTextLayout>

#include <memory>

class QPainter;

/// A part of a line in a colour of its own; columns are UTF-16 units of the line's text.
struct LogSpan {
    qsizetype start = 0;
    qsizetype length = 0;
    QColor color;
    bool isBold = false;
};

/// One log line made fit for showing in a fixed font. Any bytes will do: invalid UTF-8 becomes the replacement
/// character, control characters become their pictures, one for one, so that a column means the same in what is shown
/// and in what is copied. A line of a megabyte costs no more to paint than what of it is in sight.
class LogLineLayout final {
public:
    /// `bytes` must stay valid while it lives.
    LogLineLayout(QByteArrayView bytes, const QFont &font, double cellWidth);

    qsizetype length() const;
    double width() const { return xOf(length()); }
    double xOf(qsizetype column) const;
    qsizetype columnAt(double x) const;
    /// The column of a byte.
    qsizetype columnOfByte(qsizetype position) const;
    /// As it came, for the clipboard.
    QString text(qsizetype from, qsizetype to) const;

    /// Paints what lies between `left` and `right` (in the line's own coordinates) with the line's left top at
    /// `origin`. Spans are in order and do not overlap.
    void paint(QPainter &painter, const QPointF &origin, double left, double right, const QColor &color,
        const QList<LogSpan> &spans) const;

private:
    QString shown(qsizetype from, qsizetype to) const;
    void paintPart(QPainter &painter, const QPointF &origin, qsizetype from, qsizetype to) const;

    QByteArrayView m_bytes;
    QFont m_font;
    double m_cellWidth;
    bool m_isAscii;
    QString m_text; ///< where not ASCII
    std::unique_ptr<QTextLayout> m_layout; ///< where characters may be wider than a cell
};
