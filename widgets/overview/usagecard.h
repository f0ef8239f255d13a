// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/overview/overviewstate.h"

#include <QWidget>

class Card;
class FactList;

/// What the runtime is used for: accounts, streams, consumers, messages and bytes. A dash where it is not known yet.
class UsageCard final : public QWidget {
    Q_OBJECT

public:
    explicit UsageCard(QWidget *parent = nullptr);

    /// `since`: when `usage` was last read, if it can't be read any more.
    void setUsage(
        const RuntimeUsage &usage, const RuntimeSpec &spec, const std::optional<QDateTime> &since = std::nullopt);

private:
    Card *m_card;
    FactList *m_facts;
};
