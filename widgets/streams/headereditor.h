// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/domain/outgoingmessage.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;
class WrappingLabel;

/// The headers of a message that is to be published, a line each: a name, of those that JetStream knows or any other,
/// and a value.
class HeaderEditor final : public QWidget {
    Q_OBJECT

public:
    explicit HeaderEditor(QWidget *parent = nullptr);

    /// In the order of the lines. One without a name and a value is none.
    QList<MessageHeader> headers() const;
    void addHeader(const QString &name, const QString &value);
    /// The value of the first header of that name, where there is one.
    void setValue(const QString &name, const QString &value);
    /// Of `errors` those that are named "headers/<index in headers()>".
    void showErrors(const FieldErrors &errors);

Q_SIGNALS:
    void edited();

private:
    struct Line {
        QWidget *whole;
        QComboBox *name;
        QLineEdit *value;
        QToolButton *remove;
    };

    QComboBox *makeName(const QString &name, QWidget *parent) const;
    void remove(const QWidget *whole);
    void renew();
    static bool isEmpty(const Line &line);

    QList<Line> m_lines;
    QVBoxLayout *m_layout;
    QPushButton *m_add;
    WrappingLabel *m_error;
};
