// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <compare>

/// A password or token. Cannot be printed, logged or turned into a QString by accident, and its bytes are overwritten
/// when it dies. Copies are deep, so that each is wiped on its own. UTF-8.
class SecretString final {
public:
    SecretString() = default;
    explicit SecretString(const QString &text);
    explicit SecretString(QByteArray utf8);
    SecretString(const SecretString &other);
    SecretString(SecretString &&other) noexcept;
    SecretString &operator=(const SecretString &other);
    SecretString &operator=(SecretString &&other) noexcept;
    ~SecretString();

    bool isEmpty() const { return m_utf8.isEmpty(); }
    /// Length in characters (code points in UTF-16), for validation.
    qsizetype length() const;

    /// The bytes, for whoever must send or hash them. The caller keeps the view no longer than the SecretString.
    const QByteArray &revealUtf8() const { return m_utf8; }
    /// The text, for a control that shows it because a person asked for it.
    QString reveal() const { return QString::fromUtf8(m_utf8); }

    bool operator==(const SecretString &other) const { return m_utf8 == other.m_utf8; }

private:
    void wipe();
    QByteArray m_utf8;
};

/// `length` characters drawn from letters and digits by the system's cryptographic generator. Every character is safe
/// in a URL, a shell, YAML and the NATS configuration. 24 characters hold 142 bits.
SecretString generatePassword(int length = 24);
