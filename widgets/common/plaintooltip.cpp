// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/plaintooltip.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QTextDocument>
#include <QToolTip>

namespace {

constexpr qsizetype mostCharacters = 2000;
constexpr qsizetype mostLines = 30;

QString bounded(const QString &text)
{
    QString kept = text.left(mostCharacters);
    qsizetype end = -1;
    for (qsizetype line = 0; line < mostLines; ++line) {
        end = kept.indexOf(QLatin1Char('\n'), end + 1);
        if (end < 0)
            break;
    }
    if (end >= 0)
        kept.truncate(end);
    if (kept.size() < text.size()) {
        if (!kept.isEmpty() && kept.back().isHighSurrogate())
            kept.chop(1);
        kept += QChar(0x2026);
    }
    return kept;
}

} // namespace

QString plainToolTip(const QString &text)
{
    const QString kept = bounded(text);
    if (!Qt::mightBeRichText(kept))
        return kept;
    return QStringLiteral("<qt><p style=\"white-space: pre-wrap\">%1</p></qt>").arg(kept.toHtmlEscaped());
}

void showPlainToolTip(const QPoint &position, const QString &text, QWidget *widget, const QRect &rect)
{
    QToolTip::showText(position, plainToolTip(text), widget, rect);
}

bool showItemToolTip(const QHelpEvent *event, QAbstractItemView *view, const QRect &rect, const QModelIndex &index)
{
    if (!event || !view || event->type() != QEvent::ToolTip || !index.isValid())
        return false;
    showPlainToolTip(event->globalPos(), index.data(Qt::ToolTipRole).toString(), view->viewport(), rect);
    return true;
}
