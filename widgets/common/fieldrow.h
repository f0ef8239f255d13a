// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

/// Lays out fields side by side in columns of the same width, as many as fit at `minimumColumnWidth`.
class FieldRow final : public QWidget {
    Q_OBJECT

public:
    explicit FieldRow(int minimumColumnWidth = 220, QWidget *parent = nullptr);

    /// The row takes ownership. A wide field takes a line of its own.
    void addField(QWidget *field, bool wide = false);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Item {
        QWidget *widget;
        bool wide;
    };
    int arrange(int width, bool move) const;

    int m_minimumColumnWidth;
    QList<Item> m_items;
};
