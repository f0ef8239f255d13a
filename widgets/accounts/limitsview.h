// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounttablemodel.h"

#include <QWidget>

class ElidingLabel;
class Meter;

/// The limits of an account, each with what is used of it.
class LimitsView final : public QWidget {
    Q_OBJECT

public:
    explicit LimitsView(QWidget *parent = nullptr);

    void setRow(const AccountRow &row);

private:
    struct Line {
        ElidingLabel *text = nullptr;
        Meter *meter = nullptr;
    };
    Line addLine(const QString &label, const char *stem);
    void showLine(const Line &line, const QString &label, const QString &text, const std::optional<double> &part);

    Line m_streams;
    Line m_consumers;
    Line m_storage;
};
