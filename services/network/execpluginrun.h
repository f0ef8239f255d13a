// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/clusteraccess.h"
#include "services/network/login.h"

#include <QPointer>

class DetachedProcess;

/// One run of an exec plugin, which may take as long as a person needs who logs in with a browser. Destroying it ends
/// the plugin. One that can't do without a terminal gets this program's, where it has one; one at a time. GUI thread.
class ExecPluginRun final : public Login {
    Q_OBJECT

public:
    /// `user` is whom the kubeconfig calls so, for messages.
    ExecPluginRun(const ExecPlugin &plugin, const QString &user);
    ~ExecPluginRun() override;

    /// Fails with Unauthorized, in words that hold the plugin's own and never its arguments.
    Pending<LoginCredential> run() override;
    QString words() const override;

private:
    QString said() const;
    bool needsTerminal() const { return m_plugin.interaction == ExecPlugin::Interaction::Always; }
    std::optional<QString> whyNoTerminal() const;
    void find();
    void start(const QString &program, const QString &searchPath);
    void finish();
    void end(Result<LoginCredential> result);
    Error failure(const QString &what) const;

    ExecPlugin m_plugin;
    QString m_user;
    std::optional<Pending<LoginCredential>::Answer> m_answer;
    Pending<QString> m_loginPath;
    QPointer<DetachedProcess> m_process;
};
