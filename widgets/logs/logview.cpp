// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logs/logview.h"

#include "models/logbuffer.h"
#include "widgets/common/look.h"
#include "widgets/logs/logcolors.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTimerEvent>

#include <algorithm>
#include <cmath>

namespace {

constexpr int frameMilliseconds = 16;
constexpr int dragScrollMilliseconds = 40;
constexpr int leading = 4;
constexpr int margin = 10;
constexpr int topMargin = 6;

} // namespace

LogView::LogView(const LogBuffer &buffer, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_buffer(buffer)
    , m_topLine(buffer.firstLine())
{
    setObjectName(QStringLiteral("logView"));
    setAccessibleName(tr("Log lines"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::StyledPanel);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setAutoFillBackground(false);
    connect(&m_clipboard, &LogClipboard::copied, this, &LogView::copied);
    renewFont();
}

void LogView::showChanges()
{
    if (m_frame.isActive()) {
        m_isChanged = true;
        return;
    }
    m_isChanged = false;
    m_frame.start(frameMilliseconds, this);
    renewScrollBars();
    viewport()->update();
}

void LogView::setFollowing(bool isFollowing)
{
    if (m_isFollowing == isFollowing)
        return;
    m_isFollowing = isFollowing;
    renewScrollBars();
    viewport()->update();
    Q_EMIT followingChanged(isFollowing);
}

int LogView::linesInSight() const
{
    return std::max(1, (viewport()->height() - topMargin) / m_lineHeight);
}

QString LogView::selectedText() const
{
    return LogExcerpt::selected(m_buffer, m_selection).text();
}

void LogView::select(const LogSelection &selection)
{
    if (m_selection == selection)
        return;
    m_selection = selection;
    viewport()->update();
    Q_EMIT selectionChanged();
}

void LogView::selectAll()
{
    if (m_buffer.lineCount() == 0)
        return;
    const qint64 last = m_buffer.endLine() - 1;
    select({{m_buffer.firstLine(), 0}, {last, layoutOf(last).length()}});
}

void LogView::copy()
{
    m_clipboard.copy(
        m_selection.isEmpty() ? LogExcerpt::everything(m_buffer) : LogExcerpt::selected(m_buffer, m_selection));
}

void LogView::renewFont()
{
    m_font = Look::fixedFont();
    const QFontMetricsF metrics(m_font);
    constexpr int sample = 100; // an advance of one character may be rounded
    m_cellWidth = std::max(1.0, metrics.horizontalAdvance(QString(sample, u'0')) / sample);
    m_lineHeight = int(std::ceil(metrics.height())) + leading;
    renewScrollBars();
}

void LogView::renewScrollBars()
{
    const QScopedValueRollback renewing(m_isRenewing, true);
    const qint64 most = std::max<qint64>(0, m_buffer.lineCount() - linesInSight());
    m_topLine = m_isFollowing ? m_buffer.firstLine() + most
                              : std::clamp(m_topLine, m_buffer.firstLine(), m_buffer.firstLine() + most);
    verticalScrollBar()->setRange(0, int(most));
    verticalScrollBar()->setPageStep(linesInSight());
    verticalScrollBar()->setValue(int(m_topLine - m_buffer.firstLine()));

    const double width = double(m_buffer.longestLine()) * m_cellWidth + 2 * margin;
    horizontalScrollBar()->setRange(0, std::max(0, int(std::ceil(width)) - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(int(std::ceil(8 * m_cellWidth)));
}

void LogView::scrollContentsBy(int, int dy)
{
    viewport()->update();
    if (m_isRenewing || dy == 0)
        return;
    m_topLine = m_buffer.firstLine() + verticalScrollBar()->value();
    setFollowing(verticalScrollBar()->value() == verticalScrollBar()->maximum());
}

LogLineLayout LogView::layoutOf(qint64 number) const
{
    return LogLineLayout(m_buffer.line(number), m_font, m_cellWidth);
}

void LogView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), Look::color(Look::Surface));
    const qint64 end = std::min(m_buffer.endLine(), m_topLine + linesInSight() + 1);
    for (qint64 number = std::max(m_topLine, m_buffer.firstLine()); number < end; ++number)
        paintLine(painter, number, topMargin + int(number - m_topLine) * m_lineHeight);
}

void LogView::paintLine(QPainter &painter, qint64 number, int y) const
{
    const LogLineLayout layout = layoutOf(number);
    const LogColors colors = colorsOf(m_buffer.line(number), m_buffer.isMarker(number), layout);
    if (colors.ground.isValid())
        painter.fillRect(0, y, viewport()->width(), m_lineHeight, colors.ground);
    paintSelection(painter, layout, number, y);
    const double offset = horizontalScrollBar()->value();
    layout.paint(painter, QPointF(margin - offset, y + leading / 2.0), offset - margin, offset + viewport()->width(),
        colors.text, colors.spans);
}

void LogView::paintSelection(QPainter &painter, const LogLineLayout &layout, qint64 number, int y) const
{
    const LogPosition begin = m_selection.begin();
    const LogPosition end = m_selection.end();
    if (m_selection.isEmpty() || number < begin.line || number > end.line)
        return;
    const double from = number == begin.line ? layout.xOf(begin.column) : 0;
    // A selected line break shows as half a character.
    const double to = number == end.line ? layout.xOf(end.column) : layout.width() + m_cellWidth / 2;
    const double left = margin - horizontalScrollBar()->value();
    painter.fillRect(QRectF(left + from, y, to - from, m_lineHeight), Look::color(Look::Selection));
}

void LogView::resizeEvent(QResizeEvent *)
{
    renewScrollBars();
}

void LogView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        renewFont();
    if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

void LogView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_frame.timerId()) {
        m_frame.stop();
        if (m_isChanged)
            showChanges();
    } else if (event->timerId() == m_dragScroll.timerId()) {
        const int lines = m_dragPoint.y() < 0 ? -1 : 1;
        verticalScrollBar()->setValue(verticalScrollBar()->value() + lines);
        drawSelectionTo(m_dragPoint);
    } else {
        QAbstractScrollArea::timerEvent(event);
    }
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        if (!m_selection.isEmpty())
            copy();
        return;
    }
    if (event->matches(QKeySequence::SelectAll))
        return selectAll();
    if (event->key() == Qt::Key_End)
        return setFollowing(true);
    if (event->key() == Qt::Key_Home)
        return verticalScrollBar()->setValue(0);
    QAbstractScrollArea::keyPressEvent(event);
}

LogPosition LogView::positionAt(const QPoint &point) const
{
    if (m_buffer.lineCount() == 0)
        return {m_buffer.firstLine(), 0};
    const auto row = qint64(std::floor(double(point.y() - topMargin) / m_lineHeight));
    const qint64 number = std::clamp(m_topLine + row, m_buffer.firstLine(), m_buffer.endLine() - 1);
    return {number, layoutOf(number).columnAt(point.x() - margin + horizontalScrollBar()->value())};
}

void LogView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const LogPosition position = positionAt(event->position().toPoint());
    const bool isExtending = event->modifiers().testFlag(Qt::ShiftModifier);
    select({isExtending ? m_selection.anchor : position, position});
}

void LogView::mouseMoveEvent(QMouseEvent *event)
{
    if (!event->buttons().testFlag(Qt::LeftButton))
        return;
    m_dragPoint = event->position().toPoint();
    if (viewport()->rect().contains(QPoint(viewport()->rect().center().x(), m_dragPoint.y())))
        m_dragScroll.stop();
    else if (!m_dragScroll.isActive())
        m_dragScroll.start(dragScrollMilliseconds, this);
    drawSelectionTo(m_dragPoint);
}

void LogView::drawSelectionTo(const QPoint &point)
{
    select({m_selection.anchor, positionAt(point)});
}

void LogView::mouseReleaseEvent(QMouseEvent *)
{
    m_dragScroll.stop();
    if (!m_selection.isEmpty())
        m_clipboard.offer(LogExcerpt::selected(m_buffer, m_selection));
}

void LogView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const LogPosition at = positionAt(event->position().toPoint());
    const LogLineLayout layout = layoutOf(at.line);
    const QString text = layout.text(0, layout.length());
    const auto isInWord = [&text](qsizetype column) {
        return column >= 0 && column < text.size() && !text[column].isSpace();
    };
    qsizetype from = at.column;
    qsizetype to = at.column;
    while (isInWord(from - 1))
        --from;
    while (isInWord(to))
        ++to;
    select({{at.line, from}, {at.line, to}});
}

void LogView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *copy = menu->addAction(tr("&Copy"), this, &LogView::copy);
    copy->setEnabled(!m_selection.isEmpty());
    menu->addAction(tr("Select &all"), this, &LogView::selectAll);
    menu->addSeparator();
    menu->addAction(tr("Follow from the &end"), this, [this] { setFollowing(true); });
    menu->popup(event->globalPos());
}
