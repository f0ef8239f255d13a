// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/runtime.h"

#include <QWidget>

class FactList;

/// What runs, in short, with the way to Settings.
class RuntimeCard final : public QWidget {
    Q_OBJECT

public:
    explicit RuntimeCard(QWidget *parent = nullptr);

    void setStatus(const RuntimeStatus &status);

Q_SIGNALS:
    void settingsRequested();

private:
    FactList *m_facts;
};
