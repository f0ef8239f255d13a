// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>
#include <QList>

/// Lays widgets out in a line, and in as many lines as they need where there is less room: nothing is cut, and nothing
/// beside it has to give way. What is added after startTrailing() stands at the far end of its line.
class FlowLayout final : public QLayout {
    Q_OBJECT

public:
    explicit FlowLayout(QWidget *parent);
    ~FlowLayout() override;

    void startTrailing();

    void addItem(QLayoutItem *item) override;
    int count() const override;
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    int arrange(const QRect &rect, bool move) const;
    qsizetype endOfLine(qsizetype first, int width) const;
    void placeLine(qsizetype first, qsizetype end, const QRect &line) const;
    int widthOf(qsizetype first, qsizetype end) const;

    QList<QLayoutItem *> m_items;
    qsizetype m_trailing = -1; ///< the first of those at the far end
};
