// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QWidget>

class QVBoxLayout;

/// All fields of a configuration as the server holds it, one line each, every value copyable.
class ConfigurationView final : public QWidget {
    Q_OBJECT

public:
    explicit ConfigurationView(QWidget *parent = nullptr);

    void setConfiguration(const QJsonObject &config);

private:
    QVBoxLayout *m_rows;
    QJsonObject m_config;
};
