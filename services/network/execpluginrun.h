// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/network/execcredential.h"

#include <QObject>
#include <QPointer>

class DetachedProcess;

/// One run of an exec plugin, which may take as long as a person needs who logs in with a browser. Destroying it ends
/// the plugin. GUI thread.
class ExecPluginRun final : public QObject {
    Q_OBJECT

public:
    /// `user` is whom the kubeconfig calls so, for messages.
    ExecPluginRun(const ExecPlugin &plugin, const QString &user);
    ~ExecPluginRun() override;

    /// Once. Fails with Unauthorized, in words that hold the plugin's own and never its arguments.
    Pending<ExecCredential> run();

    /// What it has said so far, for people: "To sign in, open https://… and enter the code 1234". Its last lines.
    QString words() const;

Q_SIGNALS:
    void wordsChanged();

private:
    void find();
    void start(const QString &program, const QString &searchPath);
    void finish();
    void end(Result<ExecCredential> result);
    Error failure(const QString &what) const;

    ExecPlugin m_plugin;
    QString m_user;
    std::optional<Pending<ExecCredential>::Answer> m_answer;
    Pending<QString> m_loginPath;
    QPointer<DetachedProcess> m_process;
};
