// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/secretstring.h"

#include <QWidget>

class Field;
class FieldErrorDoor;
class QLabel;
class SecretField;

/// The client password of the default application account: typed or generated before NATS is enabled, not here after.
class CredentialCard final : public QWidget {
    Q_OBJECT

public:
    explicit CredentialCard(QWidget *parent = nullptr);

    /// With a runtime there is nothing to enter: the card says where the password is rotated.
    void setBootstrapping(bool bootstrapping);
    void setLocked(const QString &reason);
    void enterBy(FieldErrorDoor &door);
    SecretString password() const;
    void generate();
    void forget();

Q_SIGNALS:
    /// The field, as the API names it.
    void edited(const QString &field);

private:
    void renewHint();

    SecretField *m_password;
    Field *m_field;
    QLabel *m_afterwards;
};
