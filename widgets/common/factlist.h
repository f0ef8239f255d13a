// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class ElidingLabel;
class QGridLayout;
class QLabel;

/// Lines of a name at the left and what it is at the right.
class FactList final : public QWidget {
    Q_OBJECT

public:
    struct Fact {
        QString label;
        QString value;

        bool operator==(const Fact &) const = default;
    };

    explicit FactList(QWidget *parent = nullptr);

    void setFacts(const QList<Fact> &facts);

private:
    QGridLayout *m_layout;
    QList<QLabel *> m_labels;
    QList<ElidingLabel *> m_values;
};
