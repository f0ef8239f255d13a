// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class WrappingLabel;

/// One line of a form: label above, control, and below it a hint or what is wrong.
///
/// Owns the control and names it for assistive technology. An error takes the hint's place and is announced. Where text
/// is typed that place is a line at least, and stays as high as it is while a person types, so that no other field
/// moves: what is longer ends in an ellipsis, and stands whole once the control is left.
class Field final : public QWidget {
    Q_OBJECT

public:
    Field(const QString &label, QWidget *control, QWidget *parent = nullptr);

    QWidget *control() const { return m_control; }
    void setLabel(const QString &label);
    void setHint(const QString &hint);
    /// Empty: nothing is wrong.
    void setError(const QString &error);
    bool hasError() const { return !m_error.isEmpty(); }
    QString error() const { return m_error; }
    /// Makes room for all of the error, also while a person types.
    void showWholeError();

Q_SIGNALS:
    /// The keyboard went elsewhere.
    void left();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void renewBelow();
    void renewRoom();
    bool isTyping() const;
    QList<QWidget *> namedWidgets() const;
    QLineEdit *typedInto() const;

    QLabel *m_label;
    QWidget *m_control;
    QLabel *m_shape;
    WrappingLabel *m_below;
    QString m_hint;
    QString m_error;
    QString m_roomyError; ///< the one that got the room it needs
};
