// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

class QVBoxLayout;

/// A page of cards with the page's margins, which scrolls from top to bottom where it is higher than the window. Shows
/// that it has the keyboard itself where a key brought it: a frame around all that is seen would be loud otherwise.
class ScrollPage final : public QScrollArea {
    Q_OBJECT

public:
    explicit ScrollPage(QWidget *parent = nullptr);

    /// What is added stands below one another; a stretch at the end keeps it at the top.
    QVBoxLayout *body() const { return m_body; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    QVBoxLayout *m_body;
    QWidget *m_ring;
    bool m_isReachedByKey = false;
};
