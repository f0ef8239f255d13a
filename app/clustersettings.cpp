// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clustersettings.h"

#include <QSettings>
#include <QUrl>

namespace {

/// Of what is so; what isn't has no value.
const QString yes = QStringLiteral("yes");

constexpr auto tabKey = "tab";
constexpr auto chosenNameSpaceKey = "chosenNamespace";
constexpr auto foundNameSpaceKey = "foundNamespace";
constexpr auto environmentKey = "environment";
constexpr auto environmentColorKey = "environmentColor";
constexpr auto archivedKey = "archived";
constexpr auto readOnlyKey = "readOnly";
constexpr auto serverVersionKey = "serverVersion";

} // namespace

ClusterSettings::ClusterSettings(const QString &id)
    // a slash would be a group of its own
    : m_group(QStringLiteral("cluster/") + QString::fromLatin1(QUrl::toPercentEncoding(id)) + u'/')
{
}

QString ClusterSettings::tab() const
{
    return text(tabKey);
}

void ClusterSettings::setTab(const QString &tab)
{
    setText(tabKey, tab);
}

QString ClusterSettings::chosenNameSpace() const
{
    return text(chosenNameSpaceKey);
}

void ClusterSettings::setChosenNameSpace(const QString &nameSpace)
{
    setText(chosenNameSpaceKey, nameSpace);
}

QString ClusterSettings::foundNameSpace() const
{
    return text(foundNameSpaceKey);
}

void ClusterSettings::setFoundNameSpace(const QString &nameSpace)
{
    setText(foundNameSpaceKey, nameSpace);
}

ClusterEnvironment ClusterSettings::environment() const
{
    ClusterEnvironment environment;
    environment.label = text(environmentKey).left(ClusterEnvironment::longestLabel);
    if (!environment.label.isEmpty())
        environment.color =
            fromWire<ClusterEnvironment::Color>(text(environmentColorKey)).value_or(ClusterEnvironment::Color::Grey);
    return environment;
}

void ClusterSettings::setEnvironment(const ClusterEnvironment &environment)
{
    setText(environmentKey, environment.label);
    setText(environmentColorKey, environment.label.isEmpty() ? QString() : toWire(environment.color));
}

bool ClusterSettings::isArchived() const
{
    return text(archivedKey) == yes;
}

void ClusterSettings::setArchived(bool archived)
{
    setText(archivedKey, archived ? yes : QString());
}

bool ClusterSettings::isReadOnly() const
{
    return text(readOnlyKey) == yes;
}

void ClusterSettings::setReadOnly(bool readOnly)
{
    setText(readOnlyKey, readOnly ? yes : QString());
}

QString ClusterSettings::serverVersion() const
{
    return text(serverVersionKey);
}

void ClusterSettings::setServerVersion(const QString &version)
{
    setText(serverVersionKey, version);
}

QString ClusterSettings::text(const char *key) const
{
    return QSettings().value(m_group + QLatin1String(key)).toString();
}

void ClusterSettings::setText(const char *key, const QString &value)
{
    QSettings settings;
    // Writing waits for the disk: only what has changed is worth that.
    if (text(key) == value)
        return;
    if (value.isEmpty())
        settings.remove(m_group + QLatin1String(key));
    else
        settings.setValue(m_group + QLatin1String(key), value);
}
