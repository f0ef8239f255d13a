// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/objects/metadatatable.h"

#include "services/domain/assetfields.h"
#include "widgets/common/pairrows.h"
#include "widgets/common/typinglimit.h"

#include <QJsonObject>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace {
constexpr int mostQuoted = 60;
} // namespace

MetadataTable::MetadataTable(QWidget *parent)
    : DocumentControl(parent)
    , m_rows(new PairRows(
          {tr("Key"), tr("Value"), tr("Add an entry"), tr("Remove the entry"), QStringLiteral("metadata")}, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_rows);
    setFocusProxy(m_rows->addButton());
    connect(m_rows, &PairRows::edited, this, &DocumentControl::edited);
}

bool MetadataTable::isShown(const QString &key)
{
    return !isServersOwn(key) && key != QLatin1String(linkedAppKey);
}

QJsonValue MetadataTable::value() const
{
    QJsonObject object;
    for (const QPair<QString, QString> &pair : m_rows->pairs()) {
        const auto told = m_told.constFind(pair);
        if (told == m_told.cend())
            object.insert(pair.first, pair.second);
        else
            object.insert(told->first, told->second);
    }
    return object.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(object);
}

void MetadataTable::setValue(const QJsonValue &value)
{
    PairRows::Pairs pairs;
    const QJsonObject object = value.toObject();
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        if (isShown(entry.key()))
            pairs.append({entry.key(), entry.value().toString()});
    }
    m_told.clear();
    m_rows->setPairs(pairs);
    const PairRows::Pairs shown = m_rows->pairs();
    for (qsizetype at = 0; at < std::min(shown.size(), pairs.size()); ++at)
        m_told.insert(shown[at], {pairs[at].first, object.value(pairs[at].first)});
}

QString MetadataTable::problem() const
{
    QStringList keys;
    for (const QPair<QString, QString> &pair : m_rows->pairs()) {
        const auto &[key, value] = pair;
        const bool isTold = m_told.contains(pair); // the server took it, and it stays as it is
        if (!isTold && key.isEmpty())
            return tr("Give \"%1\" a key.").arg(value.left(mostQuoted));
        if (!isTold && PairRows::mayBeCut(pair))
            return tr("\"%1\" is longer than fits here: %2 characters are the most.")
                .arg(key.left(mostQuoted), QLocale().toString(usualTypingLimit - 1));
        if (isServersOwn(key))
            return tr("Keys that begin with \"_nats.\" are the server's own: choose another than \"%1\".").arg(key);
        if (key == QLatin1String(linkedAppKey))
            return tr("\"%1\" is the linked app, which has a field of its own.").arg(key);
        if (keys.contains(key))
            return tr("\"%1\" stands there twice: a key has one value.").arg(key);
        keys.append(key);
    }
    return {};
}
