// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

/// The Insights tab, which says what it will hold.
class InsightsPage final : public QWidget {
    Q_OBJECT

public:
    explicit InsightsPage(QWidget *parent = nullptr);
};
