// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/overview/overviewstate.h"

#include <QWidget>

class FactList;

/// What the runtime is used for: accounts, streams, consumers, messages and bytes. A dash where it is not known yet.
class UsageCard final : public QWidget {
    Q_OBJECT

public:
    explicit UsageCard(QWidget *parent = nullptr);

    void setUsage(const RuntimeUsage &usage, const RuntimeSpec &spec);

private:
    FactList *m_facts;
};
