// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/objectmerge.h"

#include <QJsonArray>
#include <QJsonValue>
#include <QStringList>

#include <algorithm>
#include <functional>

namespace {

bool matches(const QString &selector, const std::function<QJsonValue(const QString &)> &valueOf)
{
    const QStringList terms = selector.split(u',', Qt::SkipEmptyParts);
    return std::all_of(terms.begin(), terms.end(), [&](const QString &term) {
        if (term.contains(QLatin1String("!=")))
            return valueOf(term.section(QLatin1String("!="), 0, 0)).toString() != term.section(QLatin1String("!="), 1);
        if (term.contains(u'='))
            return valueOf(term.section(u'=', 0, 0)).toString() == term.section(u'=', -1);
        return term.startsWith(u'!') ? valueOf(term.mid(1)).isUndefined() : !valueOf(term).isUndefined();
    });
}

/// "Gi" of "1024Gi" is worth 1024 "Mi", "G" of "1000G" 1000 "M".
QString canonicalQuantity(const QString &quantity)
{
    static const std::pair<QStringList, qint64> scales[]{
        {QString(QStringLiteral("Ki Mi Gi Ti Pi Ei")).split(u' '), 1024},
        {QString(QStringLiteral("k M G T P E")).split(u' '), 1000}};
    for (const auto &[suffixes, step] : scales) {
        for (qsizetype i = 0; i < suffixes.size(); ++i) {
            bool isWhole = false;
            qint64 count =
                QString(quantity).chopped(std::min(suffixes[i].size(), quantity.size())).toLongLong(&isWhole);
            if (!quantity.endsWith(suffixes[i]) || !isWhole)
                continue;
            for (; count != 0 && count % step == 0 && i + 1 < suffixes.size(); ++i)
                count /= step;
            return QString::number(count) + suffixes[i];
        }
    }
    return quantity;
}

QJsonObject withCanonicalValues(QJsonObject amounts)
{
    for (auto it = amounts.begin(); it != amounts.end(); ++it) {
        if (it.value().isString())
            it.value() = canonicalQuantity(it.value().toString());
    }
    return amounts;
}

QJsonValue withCanonicalQuantities(const QJsonValue &value)
{
    if (value.isObject())
        return withCanonicalQuantities(value.toObject());
    if (!value.isArray())
        return value;
    QJsonArray items = value.toArray();
    for (auto item = items.begin(); item != items.end(); ++item)
        *item = withCanonicalQuantities(QJsonValue(*item));
    return items;
}

} // namespace

QJsonObject withCanonicalQuantities(QJsonObject object)
{
    static const QStringList amounts{QStringLiteral("requests"), QStringLiteral("limits"), QStringLiteral("capacity")};
    for (auto it = object.begin(); it != object.end(); ++it) {
        const bool isAmount = amounts.contains(it.key()) && it.value().isObject();
        it.value() = isAmount ? QJsonValue(withCanonicalValues(it.value().toObject()))
                              : withCanonicalQuantities(QJsonValue(it.value()));
    }
    return object;
}

QJsonObject mergePatch(QJsonObject target, const QJsonObject &patch)
{
    for (auto it = patch.begin(); it != patch.end(); ++it) {
        if (it.value().isNull())
            target.remove(it.key());
        else if (it.value().isObject())
            target.insert(it.key(), mergePatch(target.value(it.key()).toObject(), it.value().toObject()));
        else
            target.insert(it.key(), it.value());
    }
    return target;
}

QJsonObject applyManifest(QJsonObject target, const QJsonObject &manifest, const QJsonObject &before)
{
    for (auto it = before.begin(); it != before.end(); ++it) {
        if (!manifest.contains(it.key()))
            target.remove(it.key());
    }
    for (auto it = manifest.begin(); it != manifest.end(); ++it) {
        if (it.value().isObject()) {
            target.insert(it.key(),
                applyManifest(
                    target.value(it.key()).toObject(), it.value().toObject(), before.value(it.key()).toObject()));
        } else {
            target.insert(it.key(), it.value());
        }
    }
    return target;
}

bool matchesLabels(const QJsonObject &object, const QString &selector)
{
    const QJsonObject metadata = object.value(QLatin1String("metadata")).toObject();
    const QJsonObject labels = metadata.value(QLatin1String("labels")).toObject();
    return matches(selector, [&labels](const QString &name) { return labels.value(name); });
}

bool matchesFields(const QJsonObject &object, const QString &selector)
{
    return matches(selector, [&object](const QString &path) {
        QJsonValue value = object;
        for (const QString &part : path.split(u'.'))
            value = value.toObject().value(part);
        return value;
    });
}
