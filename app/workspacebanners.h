// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/base/freshness.h"
#include "widgets/common/look.h"

#include <QWidget>

#include <optional>

class Banner;

/// What is to be known above every tab: that a person has to log in, that what it shows is old, that renewed
/// credentials can't be used or kept, and what came of the last operation.
class WorkspaceBanners final : public QWidget {
    Q_OBJECT

public:
    explicit WorkspaceBanners(const QString &cluster, QWidget *parent = nullptr);

    void setFreshness(const Freshness &freshness);
    /// What `tryRequested` asked for has failed again.
    void noteAttemptFailed();
    /// What has to be done before the cluster can be asked, in the words of whatever asks for it; empty: nothing.
    void setWaitingFor(const QString &text);
    /// What is wrong with what a login handed out though it serves; empty: nothing.
    void setLoginWarning(const QString &text);
    /// Who archived the cluster, when and why, and what that means; empty: it is not archived. Leads to where that is
    /// taken back.
    void setArchived(const QString &text);
    /// Nothing: the credentials are good.
    void setCredentialsProblem(const std::optional<Error> &problem);
    /// The kubeconfig leads elsewhere, and what is shown is still `before` ("ana at https://…"). Empty: it does not.
    void setLedElsewhere(const QString &before);
    /// Clusters that were closed because the kubeconfig leads them elsewhere; stands until it is dismissed. None: that
    /// is not so.
    void setClosed(const QStringList &clusters);
    /// Of something that was asked here and came to nothing; stands until it is dismissed. Empty: that is not so.
    void setWarning(const QString &text);
    /// The operation that this workstation carried out has become another's, because it may change nothing any more.
    void setHandedOver(bool isHandedOver);
    /// `others`: the namespaces of the cluster that have a runtime, where the one that is shown has none. Empty: that
    /// is not so.
    void setElsewhere(const QString &shown, const QStringList &others);
    /// Empty: nothing has ended.
    void setOutcome(const QString &text);

Q_SIGNALS:
    void reloadRequested();
    /// By a person: the cluster is to be opened where the kubeconfig leads now.
    void reopenRequested();
    /// The cluster is to be asked now rather than when it is due.
    void tryRequested();
    /// The button that had the keyboard is gone: the cluster answers, or the warning is over.
    void keyboardReleased();
    void outcomeDismissed();
    void archiveRequested();
    /// By a person: of `others`, the one or a choice among them.
    void elsewhereRequested();

private:
    void tell(Banner *banner, Tone tone, const QString &text);
    void tryNow();
    void hideConnection();

    QString m_cluster;
    Banner *m_login;
    Banner *m_credentials;
    Banner *m_ledElsewhere;
    Banner *m_closed;
    Banner *m_loginWarning;
    Banner *m_archived;
    Banner *m_connection;
    Banner *m_elsewhere;
    Banner *m_handedOver;
    Banner *m_warning;
    Banner *m_outcome;
};
