// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/keychain/memorystore.h"

#include <QRandomGenerator>

#include <algorithm>

namespace {

/// `one` and `other` have the same length.
QByteArray combined(const QByteArray &one, const QByteArray &other)
{
    QByteArray bytes(one.size(), Qt::Uninitialized);
    std::transform(one.cbegin(), one.cend(), other.cbegin(), bytes.begin(),
        [](char left, char right) { return static_cast<char>(left ^ right); });
    return bytes;
}

QByteArray randomBytes(qsizetype count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    std::generate(
        bytes.begin(), bytes.end(), [] { return static_cast<char>(QRandomGenerator::system()->generate() & 0xff); });
    return bytes;
}

} // namespace

Pending<void> MemoryStore::open(IfLocked)
{
    return Pending<void>::answered({});
}

Pending<SecretString> MemoryStore::read(const QString &key)
{
    const auto found = m_kept.find(key);
    if (found == m_kept.end())
        return Pending<SecretString>::answered(fail(Error::Kind::NotFound, tr("Nothing of that name is kept.")));
    return Pending<SecretString>::answered(SecretString(combined(found->second.bytes, found->second.mask)));
}

Pending<void> MemoryStore::write(const QString &key, const SecretString &secret)
{
    const QByteArray mask = randomBytes(secret.revealUtf8().size());
    m_kept[key] = {mask, combined(secret.revealUtf8(), mask)};
    return Pending<void>::answered({});
}

Pending<void> MemoryStore::remove(const QString &key)
{
    m_kept.erase(key);
    return Pending<void>::answered({});
}
