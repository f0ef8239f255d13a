// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

/// One line of a configuration as a server holds it.
struct ConfigurationRow {
    QString name; ///< the API's own; of a list only the first line has it
    QString value; ///< the API's own, with what it means in brackets where that is not plain

    bool operator==(const ConfigurationRow &) const = default;
};

/// Every field of a StreamConfig or ConsumerConfig, those that this program does not know among them: the name first,
/// then by name. Durations are nanoseconds and sizes bytes there (JetStream API); -1 is unlimited.
QList<ConfigurationRow> configurationRows(const QJsonObject &config);

/// One value with what it means, "3600000000000 (1 h)"; in words where it isn't there.
QString configurationValueText(const QString &field, const QJsonValue &value);
