// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class ElidingLabel;
class QGridLayout;
class QLabel;

/// Facts in two columns, each a caption and below it a value.
class FactGrid final : public QWidget {
    Q_OBJECT

public:
    struct Fact {
        QString caption;
        QString value;
        QString toolTip; ///< the exact value, where `value` is a short one

        bool operator==(const Fact &) const = default;
    };

    explicit FactGrid(QWidget *parent = nullptr);

    void setFacts(const QList<Fact> &facts);
    /// The value below `caption`; empty where there is none.
    QString value(const QString &caption) const;

private:
    struct Cell {
        QWidget *whole;
        QLabel *caption;
        ElidingLabel *value;
    };
    void addCell();

    QGridLayout *m_layout;
    QList<Cell> m_cells;
    QList<Fact> m_facts;
};
