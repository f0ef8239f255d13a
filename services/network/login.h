// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/network/logincredential.h"

#include <QObject>

/// One try to get what a person proves to be by from whoever hands it out. Destroying it ends the try. GUI thread.
class Login : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Once. Fails with Unauthorized where nothing is handed out, and otherwise with what went wrong on the way.
    virtual Pending<LoginCredential> run() = 0;
    /// Who is asked, and what it has said so far, for people: "… It says: To sign in, open https://…".
    virtual QString words() const = 0;

Q_SIGNALS:
    void wordsChanged();
};
