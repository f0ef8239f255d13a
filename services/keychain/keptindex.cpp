// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/keychain/keptindex.h"

#include <QSettings>
#include <QUrl>

#include <algorithm>
#include <tuple>

namespace {

constexpr auto groupName = "keptPasswords";

QString groupOf(const KeptId &id)
{
    // a slash would be a group of its own
    return QLatin1String(groupName) + u'/' + QString::fromLatin1(QUrl::toPercentEncoding(id.key())) + u'/';
}

KeptEntry entryIn(const QSettings &settings, const QString &group)
{
    const auto text = [&](const char *key) { return settings.value(group + QLatin1String(key)).toString(); };
    KeptEntry entry;
    entry.id = {text("cluster"), text("namespace"), text("account")};
    entry.clusterName = text("clusterName");
    entry.version = {text("uid"), text("resourceVersion")};
    entry.fetchedAt = QDateTime::fromString(text("fetchedAt"), Qt::ISODateWithMs);
    return entry;
}

} // namespace

QList<KeptEntry> KeptIndex::entries() const
{
    QSettings settings;
    settings.beginGroup(QLatin1String(groupName));
    QList<KeptEntry> entries;
    const QStringList groups = settings.childGroups();
    for (const QString &group : groups) {
        const KeptEntry entry = entryIn(settings, group + u'/');
        if (!entry.id.account.isEmpty())
            entries.append(entry);
    }
    const auto rank = [](const KeptEntry &entry) {
        return std::tie(entry.clusterName, entry.id.cluster, entry.id.nameSpace, entry.id.account);
    };
    std::sort(entries.begin(), entries.end(),
        [&rank](const KeptEntry &one, const KeptEntry &other) { return rank(one) < rank(other); });
    return entries;
}

std::optional<KeptEntry> KeptIndex::find(const KeptId &id) const
{
    const KeptEntry entry = entryIn(QSettings(), groupOf(id));
    return entry.id == id ? std::optional(entry) : std::nullopt;
}

void KeptIndex::put(const KeptEntry &entry)
{
    QSettings settings;
    const QString group = groupOf(entry.id);
    const auto set = [&](const char *key, const QString &value) {
        settings.setValue(group + QLatin1String(key), value);
    };
    set("cluster", entry.id.cluster);
    set("namespace", entry.id.nameSpace);
    set("account", entry.id.account);
    set("clusterName", entry.clusterName);
    set("uid", entry.version.uid);
    set("resourceVersion", entry.version.resourceVersion);
    set("fetchedAt", entry.fetchedAt.toUTC().toString(Qt::ISODateWithMs));
}

void KeptIndex::remove(const KeptId &id)
{
    QSettings settings;
    QString group = groupOf(id);
    group.chop(1);
    settings.remove(group);
}
