// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/secretstring.h"

#include <QRandomGenerator>

#include <utility>

SecretString::SecretString(const QString &text)
    : m_utf8(text.toUtf8())
{
}

SecretString::SecretString(QByteArray utf8)
    : m_utf8(std::move(utf8))
{
    m_utf8.detach();
}

SecretString::SecretString(const SecretString &other)
    : m_utf8(other.m_utf8.constData(), other.m_utf8.size())
{
}

SecretString::SecretString(SecretString &&other) noexcept
    : m_utf8(std::exchange(other.m_utf8, {}))
{
}

SecretString &SecretString::operator=(const SecretString &other)
{
    if (this != &other) {
        wipe();
        m_utf8 = QByteArray(other.m_utf8.constData(), other.m_utf8.size());
    }
    return *this;
}

SecretString &SecretString::operator=(SecretString &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_utf8 = std::exchange(other.m_utf8, {});
    }
    return *this;
}

SecretString::~SecretString()
{
    wipe();
}

qsizetype SecretString::length() const
{
    return QString::fromUtf8(m_utf8).size();
}

void SecretString::wipe()
{
    // volatile: a compiler may drop stores to memory that is about to be freed
    volatile char *bytes = m_utf8.isEmpty() ? nullptr : m_utf8.data();
    for (qsizetype i = 0; i < m_utf8.size(); ++i)
        bytes[i] = 0;
    m_utf8.clear();
}

SecretString generatePassword(int length)
{
    static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    QByteArray password(length, Qt::Uninitialized);
    for (char &character : password)
        character = alphabet[QRandomGenerator::system()->bounded(int(sizeof alphabet) - 1)];
    return SecretString(std::move(password));
}
