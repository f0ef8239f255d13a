// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/cluster.h"

#include <QWidget>

/// A stripe across the window in the colour of the environment in sight. The top line says which one that is.
class EnvironmentStripe final : public QWidget {
    Q_OBJECT

public:
    explicit EnvironmentStripe(QWidget *parent = nullptr);

    /// Without a label there is no stripe.
    void setEnvironment(const ClusterEnvironment &environment);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ClusterEnvironment m_environment;
};
