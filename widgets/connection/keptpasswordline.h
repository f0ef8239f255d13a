// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class InlineMessage;
class QPushButton;
class WrappingLabel;

/// Below the parameters of a connection: whether the account's password is kept on this workstation, and the way to
/// remove it; what the keychain waits for; and that a password which is shown may be an old one. Not there where there
/// is nothing to say.
class KeptPasswordLine final : public QWidget {
    Q_OBJECT

public:
    explicit KeptPasswordLine(QWidget *parent = nullptr);

    /// Empty: none is.
    void setKept(const QString &text);
    /// The keychain has asked a person to unlock it.
    void setWaiting(bool isWaiting);
    /// Of a password that could not be compared with the cluster's, and why; empty: none is shown.
    void setUnconfirmed(const QString &text, const QString &detail = {});
    /// Nothing is under way that a removal would wait for.
    void setRemovable(bool isRemovable);

Q_SIGNALS:
    void removeRequested();

private:
    void renew();

    QString m_kept;
    bool m_isWaiting = false;
    WrappingLabel *m_text;
    QPushButton *m_remove;
    InlineMessage *m_unconfirmed;
};
