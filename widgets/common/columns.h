// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

/// Two columns of cards side by side, or one above the other where both would not have room.
class Columns final : public QWidget {
    Q_OBJECT

public:
    /// Widths share the room as `firstStretch` to `secondStretch`; below `minimumWidth` there is one column.
    explicit Columns(int firstStretch = 1, int secondStretch = 1, int minimumWidth = 840, QWidget *parent = nullptr);

    /// Cards are added to these, from the top.
    QVBoxLayout *first() const { return m_firstLayout; }
    QVBoxLayout *second() const { return m_secondLayout; }
    bool isStacked() const { return isStackedAt(width()); }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool isStackedAt(int width) const;
    void arrange();

    int m_firstStretch;
    int m_secondStretch;
    int m_minimumWidth;
    QWidget *m_first;
    QWidget *m_second;
    QVBoxLayout *m_firstLayout;
    QVBoxLayout *m_secondLayout;
};
