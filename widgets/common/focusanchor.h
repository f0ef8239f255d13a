// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

class QScrollArea;

/// Keeps what has the keyboard in its place on the screen when what stands above it in the same scroll area gets higher
/// or lower: scrolls by as much, as far as there is something to scroll. Owned by the area.
class FocusAnchor final : public QObject {
    Q_OBJECT

public:
    explicit FocusAnchor(QScrollArea *area);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void hold(QWidget *widget);
    int top() const;
    void scrollBy(int distance);

    QScrollArea *m_area;
    QPointer<QWidget> m_held;
    QList<QPointer<QWidget>> m_watched; ///< from what is held up to what scrolls
    int m_top = 0; ///< of what is held, within what scrolls
    int m_owed = 0; ///< was not to be scrolled before what scrolls is as high as it will be
};
