// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/logs/logclipboard.h"
#include "widgets/logs/loglinelayout.h"
#include "widgets/logs/logselection.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>

class LogBuffer;

/// Shows a LogBuffer: paints the lines in sight and nothing else, at most once a frame, however fast lines arrive.
///
/// While it follows, the newest line stays in sight; scrolling up leaves that, End or scrolling to the end takes it up
/// again. Characters can be selected over any number of lines.
class LogView final : public QAbstractScrollArea {
    Q_OBJECT

public:
    /// `buffer` must outlive it.
    explicit LogView(const LogBuffer &buffer, QWidget *parent = nullptr);

    /// To be called when the buffer has changed.
    void showChanges();

    bool isFollowing() const { return m_isFollowing; }
    void setFollowing(bool isFollowing);

    /// The first line in sight.
    qint64 topLine() const { return m_topLine; }
    int linesInSight() const;

    const LogSelection &selection() const { return m_selection; }
    QString selectedText() const;
    void select(const LogSelection &selection);
    void selectAll();
    /// To the clipboard: what is selected, or everything where nothing is.
    void copy();

Q_SIGNALS:
    /// By a person or by the program.
    void followingChanged(bool isFollowing);
    void selectionChanged();
    /// So many lines are on the clipboard now: of a large log they take a while.
    void copied(qint64 lines);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void changeEvent(QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void renewFont();
    void renewScrollBars();
    void paintLine(QPainter &painter, qint64 number, int y) const;
    void paintSelection(QPainter &painter, const LogLineLayout &layout, qint64 number, int y) const;
    LogLineLayout layoutOf(qint64 number) const;
    LogPosition positionAt(const QPoint &point) const;
    void drawSelectionTo(const QPoint &point);

    const LogBuffer &m_buffer;
    QFont m_font;
    double m_cellWidth = 1;
    int m_lineHeight = 1;
    qint64 m_topLine = 0;
    bool m_isFollowing = true;
    bool m_isRenewing = false; ///< the scroll bars move because the buffer has changed
    bool m_isChanged = false; ///< since the frame began
    LogSelection m_selection;
    LogClipboard m_clipboard;
    QPoint m_dragPoint;
    QBasicTimer m_frame;
    QBasicTimer m_dragScroll;
};
